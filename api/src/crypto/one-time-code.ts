import { DIGIT_CODE_LENGTH, RECOVERY_CODE_LENGTH, SIGN_CODE_LENGTH, SIGNS } from '../domain/one-time-code.ts'
import type { RandomBytes } from './token.ts'

/** Six digits, each as likely as the other: bytes that would make some likelier are thrown away. */
export const newDigitCode = (randomBytes: RandomBytes): string => pick('0123456789', DIGIT_CODE_LENGTH, randomBytes)

/** Eight signs, 40 bits. */
export const newSignCode = (randomBytes: RandomBytes): string => pick(SIGNS, SIGN_CODE_LENGTH, randomBytes)

/** Sixteen signs, 80 bits. */
export const newRecoveryCode = (randomBytes: RandomBytes): string => pick(SIGNS, RECOVERY_CODE_LENGTH, randomBytes)

function pick(signs: string, length: number, randomBytes: RandomBytes): string {
  const fair = 256 - (256 % signs.length)
  let code = ''
  while (code.length < length) {
    for (const byte of randomBytes(length * 2)) {
      if (byte < fair && code.length < length) code += signs[byte % signs.length]
    }
  }
  return code
}

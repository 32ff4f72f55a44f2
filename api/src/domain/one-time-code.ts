/** What a code that was sent opens. */
export type CodePurpose =
  | 'verify_email'
  | 'reset_password'
  | 'change_email'
  | 'change_phone'
  | 'check_email_code'
  | 'check_sms_code'
  | 'enroll_email_code'
  | 'enroll_sms_code'

/** Wrong codes after which the right one does not count any more. */
export const MOST_ATTEMPTS = 5
/** Milliseconds. */
export const CODE_LIFETIME = 600_000
/** A link that opens something by itself. Milliseconds. */
export const LINK_LIFETIME = 1_800_000
/** So long after a code the next one may be asked for. Milliseconds. */
export const RESEND_AFTER = 30_000

/** Six digits serve beside another proof, or verify an address. */
export const DIGIT_CODE_LENGTH = 6
/** Eight signs of Crockford's base 32 hold 40 bits: enough to open something alone, for ten minutes and five attempts. */
export const SIGNS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
export const SIGN_CODE_LENGTH = 8
/** Recovery codes are kept for years, and have 80 bits. */
export const RECOVERY_CODE_LENGTH = 16

/** Zeros of the scripts in which people type digits: Arabic, Persian, Devanagari, full width. */
const ZEROS = [0x0660, 0x06f0, 0x0966, 0xff10]

/**
 * The six digits in what was typed or pasted: the words around them, spaces and dashes are passed over, digits of other scripts are
 * read. Null when there is no code in it, or more than one.
 */
export function readDigitCode(typed: string): string | null {
  const plain = Array.from(typed.slice(0, 500), asDigit).join('')
  const runs = new Set((plain.match(/\d+/g) ?? []).filter((run) => run.length === DIGIT_CODE_LENGTH))
  if (runs.size > 0) return runs.size === 1 ? [...runs][0]! : null
  const digits = plain.replace(/[\s\p{Pd}\p{Cf}]/gu, '')
  return /^\d{6}$/.test(digits) ? digits : null
}

function asDigit(sign: string): string {
  const point = sign.codePointAt(0)!
  const zero = ZEROS.find((first) => point >= first && point < first + 10)
  return zero === undefined ? sign : String(point - zero)
}

/**
 * So many signs in what was typed, in one spelling: case, spaces and dashes do not matter, O is 0, I and L are 1. Of a message that was
 * pasted, the one that stands in it as it is shown, by fours. Null when there is none, or more than one.
 */
export function readSignCode(typed: string, length: number = SIGN_CODE_LENGTH): string | null {
  const plain = Array.from(typed.slice(0, 500), asDigit)
    .join('')
    .replace(/\p{Cf}/gu, '')
  const whole = asSigns(plain, length)
  if (whole !== null) return whole
  const shown = new RegExp(
    `(?<![a-z0-9]|\\p{Pd})[a-z0-9]{4}(?:\\p{Pd}[a-z0-9]{4}){${length / 4 - 1}}(?![a-z0-9]|\\p{Pd})`,
    'giu',
  )
  const codes = new Set(
    (plain.match(shown) ?? []).map((found) => asSigns(found, length)).filter((code) => code !== null),
  )
  return codes.size === 1 ? [...codes][0]! : null
}

function asSigns(typed: string, length: number): string | null {
  const signs = typed
    .toUpperCase()
    .replace(/[\s\p{Pd}]/gu, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1')
  return signs.length === length && [...signs].every((sign) => SIGNS.includes(sign)) ? signs : null
}

/** As it is shown: `ABCD-EFGH`, and so on by fours. */
export const showSignCode = (code: string): string => code.match(/.{1,4}/g)?.join('-') ?? ''

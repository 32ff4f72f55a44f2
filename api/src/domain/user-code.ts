/** Letters that nobody takes for another, and that make no words (RFC 8628 6.1). */
const ALPHABET = 'BCDFGHJKLMNPQRSTVWXZ'
const LENGTH = 8

/** Eight letters that are typed, some 34 bits: good for five minutes and few guesses. `randomBytes` is a source of chance. */
export function newUserCode(randomBytes: (size: number) => Uint8Array): string {
  let code = ''
  while (code.length < LENGTH)
    // a byte that would make some letters likelier than others is left out
    for (const byte of randomBytes(16)) if (byte < 240 && code.length < LENGTH) code += ALPHABET[byte % ALPHABET.length]
  return code
}

/** As it is shown, in two halves. */
export const shownUserCode = (code: string): string => `${code.slice(0, LENGTH / 2)}-${code.slice(LENGTH / 2)}`

/** What somebody typed: case, spaces and hyphens do not count. Null for what can be no code. */
export function readUserCode(typed: string): string | null {
  if (typed.length > 100) return null
  const code = typed.replace(/[\s\p{Pd}]/gu, '').toUpperCase()
  return code.length === LENGTH && [...code].every((letter) => ALPHABET.includes(letter)) ? code : null
}

import { parsePhoneNumber } from 'libphonenumber-js/max'

/** A number that can be called, as E.164 writes it: typed with its country, like +49 30 901820. Null for anything else. */
export function readPhone(typed: string): string | null {
  const plain = typed.trim().normalize('NFKC')
  if (!/^\+[0-9 ()./-]{5,30}$/.test(plain)) return null
  try {
    const number = parsePhoneNumber(plain)
    return number.isValid() && !number.ext ? number.number : null
  } catch {
    // what is no number is thrown, as a ParseError
    return null
  }
}

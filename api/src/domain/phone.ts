import { createRequire } from 'node:module'

type Library = typeof import('libphonenumber-js/max')

let library: Library | undefined
/** The rules of all countries are 5 MB in memory: they are there from the first number on. */
const rules = (): Library => (library ??= createRequire(import.meta.url)('libphonenumber-js/max') as Library)

/** A number that can be called, as E.164 writes it: typed with its country, like +49 30 901820. Null for anything else. */
export function readPhone(typed: string): string | null {
  const plain = typed.trim().normalize('NFKC')
  if (!/^\+[0-9 ()./-]{5,30}$/.test(plain)) return null
  try {
    const number = rules().parsePhoneNumber(plain)
    return number.isValid() && !number.ext ? number.number : null
  } catch {
    // what is no number is thrown, as a ParseError
    return null
  }
}

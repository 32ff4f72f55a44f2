import type { PasswordRules } from './policies/password.ts'
import type { FieldProblem } from './problem.ts'

/** The most characters a password may have. */
export const PASSWORD_MOST = 128

/** Characters are code points, as NIST SP 800-63B-4 counts them; nothing is cut off, and any of Unicode will do. */
const lengthOf = (password: string) => [...password].length

/** What a password needs of each class, in any script that has it. */
const CLASSES = [
  ['requireUpperCase', /[\p{Lu}\p{Lt}]/u, 'needs_upper_case'],
  ['requireLowerCase', /\p{Ll}/u, 'needs_lower_case'],
  ['requireDigit', /\p{Nd}/u, 'needs_digit'],
  ['requireSymbol', /[\p{P}\p{S}]/u, 'needs_symbol'],
] as const

/** Every rule that a new password breaks, in the order in which a page shows them. Page and server run this very function. */
export function brokenRules(password: string, rules: PasswordRules): FieldProblem[] {
  const broken: FieldProblem[] = []
  if (lengthOf(password) < rules.minLength) broken.push('too_short')
  if (lengthOf(password) > PASSWORD_MOST) broken.push('too_long')
  for (const [rule, of, problem] of CLASSES) if (rules[rule] && !of.test(password)) broken.push(problem)
  if (namesItsOwner(password, rules.contextWords)) broken.push('context')
  return broken
}

/** Whoever guesses begins with what everybody knows of a person. */
function namesItsOwner(password: string, words: readonly string[]): boolean {
  return spellingsOf(password).some((spelling) => {
    const parts = new Set(partsOf(spelling))
    return words.some((word) => (isShort(word) ? parts.has(word) : spelling.includes(word)))
  })
}

/** Three letters stand inside many words by chance; they count where they stand alone. */
const isShort = (word: string) => lengthOf(word) < 4 && !isDense(word)
/** A sign of these scripts says as much as several letters. */
const isDense = (word: string) => /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u.test(word)

const partsOf = (text: string) => text.split(/[^\p{L}\p{N}]+/u).filter((part) => part !== '')

/** Without case, accents and the width of letters. */
const folded = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()

/** Digits and symbols that people write for letters. */
const DISGUISES: Record<string, string> = { 0: 'o', 1: 'i', 3: 'e', 4: 'a', 5: 's', 7: 't', '@': 'a', $: 's', '!': 'i' }

/** A password without its dress, as it stands and with the usual disguises taken off. */
export function spellingsOf(password: string): string[] {
  const plain = folded(password)
  return [...new Set([plain, plain.replace(/[013457@$!]/g, (sign) => DISGUISES[sign] ?? sign)])]
}

/**
 * The words that a password must not hold. `people`: names, user names and addresses of its owner; `places`: what is called by names that
 * many share, the organization and the product. The end of a domain is nobody's name.
 */
export function contextWords(people: readonly string[], places: readonly string[]): string[] {
  // a short name counts where it is all of a name: no "der" or "bin" of a longer one, which a good password may well hold
  const whole = people.map((name) => folded(name.replace(/@.*$/, '')).trim())
  const parts = [...people, ...places].flatMap(wordsOf).filter((word) => !isShort(word))
  return [...new Set([...whole, ...parts])].filter((word) => lengthOf(word) >= (isDense(word) ? 2 : 3))
}

function wordsOf(name: string): string[] {
  const [local = '', domain = ''] = name.split(/@(?=[^@]+$)/)
  return partsOf(folded(`${local} ${domain.replace(/\.[^.]+$/, '')}`))
}

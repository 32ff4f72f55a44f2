import { spellingsOf } from '@vestibule/shared/password-rules.ts'

/** Whether people use this word as a password. */
type IsListed = (word: string) => boolean

/** A word of the list has so many characters at least to be looked for inside a password. */
const LEAST = 4

/**
 * Whether a password is on the list of common ones, or so close to it that guessing programs try it next: in another case or disguise,
 * written twice, two of them in a row, or with a few digits or signs around.
 */
export function isCommon(password: string, isListed: IsListed): boolean {
  return spellingsOf(password)
    .flatMap(withoutFringes)
    .some((spelling) => isListed(spelling) || isRepetition(spelling) || isPair(spelling, isListed))
}

/** As it stands, and without up to six digits or signs before and behind. */
function withoutFringes(spelling: string): string[] {
  const bare = spelling.replace(/^[^\p{L}]{1,6}(?=\p{L})/u, '').replace(/(?<=\p{L})[^\p{L}]{1,6}$/u, '')
  return bare.length >= LEAST ? [spelling, bare] : [spelling]
}

/** A short piece again and again: aaaaaaaaaaaa, 123412341234, or a run of neighbours such as abcdefghijkl. */
function isRepetition(spelling: string): boolean {
  const signs = [...spelling]
  if (new Set(signs).size <= 2) return true
  if (/^(.{1,4})\1{2,}.{0,3}$/su.test(spelling)) return true
  const points = signs.map((sign) => sign.codePointAt(0) ?? 0)
  const steps = new Set(points.slice(1).map((point, at) => point - points[at]!))
  return steps.size === 1
}

function isPair(spelling: string, isListed: IsListed): boolean {
  for (let at = LEAST; at <= spelling.length - LEAST; at++)
    if (isListed(spelling.slice(0, at)) && isListed(spelling.slice(at))) return true
  return false
}

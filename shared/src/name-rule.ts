/** What a person may be called: one rule for the form of a registration, the profile, managers and files. */

/** Characters of any alphabet. Longer names exist nowhere outside of attempts to break something. */
export const LONGEST_NAME = 200

/** Control characters, halves of characters, and what turns the direction of the text around it (Unicode Bidirectional Algorithm). */
export const UNREADABLE = /[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/u

/** Readable, in one line, and somebody could recognise a name in it; markup is text. */
export const NAME = /^(?=.*\p{L})[^\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]+$/u

/** Without space around it, and in the one way (NFC) of those that look the same. Ends of lines stay, so that they are refused. */
export const tidyName = (typed: string): string =>
  typed
    .trim()
    .normalize('NFC')
    .replace(/[^\S\p{Cc}]+/gu, ' ')

/** What is wrong with a name that is tidy. */
export function nameProblem(name: string): 'too_long' | 'invalid' | null {
  if (UNREADABLE.test(name)) return 'invalid'
  if ([...name].length > LONGEST_NAME) return 'too_long'
  return NAME.test(name) ? null : 'invalid'
}

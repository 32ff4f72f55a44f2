/** What is made of English on the fly, to see what was not translated, what is too narrow and what is not mirrored. Never built for use. */
export const PSEUDO_LANGUAGES = {
  'en-XA': { name: '[Ḗƞɠŀīşħ]', direction: 'ltr' },
  'en-XB': { name: '[ɥsᴉlƃuƎ]', direction: 'rtl' },
} as const
export type PseudoLanguage = keyof typeof PSEUDO_LANGUAGES
export const isPseudo = (code: string | null | undefined): code is PseudoLanguage =>
  code != null && Object.hasOwn(PSEUDO_LANGUAGES, code)

type Texts = { [key: string]: string | Texts }

const PLAIN = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'
const ACCENTED = 'ȧƀƈḓḗƒɠħīĵķŀḿƞǿƥɋřşŧŭṽẇẋẏẑȦƁƇḒḖƑƓĦĪĴĶĿḾȠǾƤɊŘŞŦŬṼẆẊẎẐ'
const accented = (text: string) => text.replace(/[a-z]/gi, (letter) => ACCENTED[PLAIN.indexOf(letter)] ?? letter)

const PLACEHOLDER = /(\{\{\w+\}\})/
/** The parts between placeholders; those stay as they are. */
const between = (text: string, change: (part: string) => string) =>
  text
    .split(PLACEHOLDER)
    .map((part, at) => (at % 2 || part === '' ? part : change(part)))
    .join('')

/** Other languages are up to this much longer than English. */
const LONGER = 0.4
const FILLING = 'ǿƞḗ ŧẇǿ ŧħřḗḗ ƒǿŭř ƒīṽḗ şīẋ şḗṽḗƞ ḗīɠħŧ ƞīƞḗ ŧḗƞ '
const fillingFor = (text: string) => {
  const own = text.split(PLACEHOLDER).filter((_, at) => at % 2 === 0)
  const length = Math.ceil(own.join('').length * LONGER)
  return FILLING.repeat(Math.ceil(length / FILLING.length))
    .slice(0, length)
    .trimEnd()
}

/** Right-to-left override, so that Latin letters run like Arabic ones. */
const mirrored = (part: string) => `\u202e${part}\u202c`

const MADE: Record<PseudoLanguage, (text: string) => string> = {
  'en-XA': (text) => `[${between(text, accented)} ${fillingFor(text)}]`,
  'en-XB': (text) => `[${between(text, mirrored)}]`,
}

/** English texts in disguise: `Sign in to {{application}}` -> `[Şīɠƞ īƞ ŧǿ {{application}} ǿƞḗ ŧẇǿ]`. */
export const pseudo = (texts: Texts, code: PseudoLanguage): Texts =>
  Object.fromEntries(
    Object.entries(texts).map(([key, value]) => [
      key,
      typeof value === 'string' ? MADE[code](value) : pseudo(value, code),
    ]),
  )

import type { MailTexts } from '@vestibule/locales/index.ts'
import { loadMailTexts } from '@vestibule/locales/load.ts'
import { LANGUAGES } from '@vestibule/shared/languages.ts'
import type { Letter } from './letter.ts'

/** Characters of a name that a message shows. */
const LONGEST = 64
/** Controls, line ends, and what turns the direction of the text around it. The joiners that scripts and emoji need stay. */
const UNSEEN = /[\p{Cc}\p{Zl}\p{Zp}\s\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]+/gu
const RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}]/u

/**
 * Somebody else's words, fit to stand in a message: one line, no longer than a name, and nothing that a mail program makes a link of,
 * because a name may be an advertisement.
 */
export function asData(value: string): string {
  const line = value.toWellFormed().normalize('NFC').replace(UNSEEN, ' ').trim()
  const characters = [...line]
  const short = characters.length > LONGEST ? `${characters.slice(0, LONGEST - 1).join('')}…` : line
  return short.replace(/(?<=\S)[.:@/](?=\S)/g, '$&\u200b')
}

type Values = Record<string, string>
/** The names of texts that depend on a number. */
type Counted<Texts> = { [Key in keyof Texts]: Key extends `${infer Name}_other` ? Name : never }[keyof Texts]

export type Words = ReturnType<typeof wordsOf>

/** The texts of a language, and how they are filled. */
export function wordsOf({ language, timeZone, organization }: Letter) {
  const texts: MailTexts = loadMailTexts(language)
  const plurals = new Intl.PluralRules(language)
  const numbers = new Intl.NumberFormat(language)
  const isRtl = LANGUAGES[language].direction === 'rtl'

  /** Bidirectional isolation (UAX 9), where the value or the sentence runs from right to left. */
  const isolated = (value: string) => (isRtl || RIGHT_TO_LEFT.test(value) ? `\u2068${value}\u2069` : value)
  const always: Values = { organization: asData(organization) }
  const say = (text: string, values: Values = {}): string => {
    const all = { ...always, ...values }
    return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => isolated(all[name] ?? ''))
  }

  return {
    texts,
    /** A text with its placeholders filled, once: a value that looks like a placeholder is a value. */
    say,
    /** The form of a text that fits this number. */
    count<Texts extends object>(of: Texts, name: Counted<Texts> & string, number: number, values: Values = {}): string {
      const forms = of as unknown as Record<string, string | undefined>
      const form = forms[`${name}_${plurals.select(number)}`] ?? forms[`${name}_other`] ?? ''
      return say(form, { ...values, count: numbers.format(number) })
    },
    number: (value: number) => numbers.format(value),
    /** A day and a time with its zone. */
    instant: (at: number) =>
      format(language, timeZone, { ...DAY, hour: 'numeric', minute: '2-digit', timeZoneName: 'short' }, at),
    day: (at: number) => format(language, timeZone, DAY, at),
    where({ browser, system }: { browser: string | null; system: string | null }): string {
      if (browser && system) return say(texts.labels.where_value, { browser: asData(browser), system: asData(system) })
      const known = browser ?? system
      return known ? asData(known) : texts.labels.where_unknown
    },
  }
}

const DAY = { year: 'numeric', month: 'long', day: 'numeric' } as const

/** A time zone that is not known here is not the reader's fault. */
function format(language: string, timeZone: string | null, options: Intl.DateTimeFormatOptions, at: number): string {
  const written = (zone: string) => new Intl.DateTimeFormat(language, { ...options, timeZone: zone }).format(at)
  try {
    return written(timeZone ?? 'UTC')
  } catch {
    return written('UTC')
  }
}

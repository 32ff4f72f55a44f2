/** The languages of the product: each written in itself, with its direction. A catalogue in `locales/` belongs to each. */
export const LANGUAGES = {
  en: { name: 'English', direction: 'ltr' },
  de: { name: 'Deutsch', direction: 'ltr' },
  fr: { name: 'Français', direction: 'ltr' },
  es: { name: 'Español', direction: 'ltr' },
  ar: { name: 'العربية', direction: 'rtl' },
  ja: { name: '日本語', direction: 'ltr' },
} as const satisfies Record<string, { name: string; direction: 'ltr' | 'rtl' }>

export type Language = keyof typeof LANGUAGES
export const LANGUAGE_CODES = Object.keys(LANGUAGES) as [Language, ...Language[]]
export const isLanguage = (value: string): value is Language => Object.hasOwn(LANGUAGES, value)

const MAX_RANGES = 20

/**
 * The first allowed language of a list of BCP 47 tags in order of preference (RFC 4647 3.4, lookup): `de-AT` finds `de`.
 * Returns null when none is allowed. Unknown and malformed tags are passed over.
 */
export function matchLanguage(tags: readonly string[], allowed: readonly Language[] = LANGUAGE_CODES): Language | null {
  for (const tag of tags.slice(0, MAX_RANGES)) {
    const primary = tag.trim().toLowerCase().split('-', 1)[0] ?? ''
    if (isLanguage(primary) && allowed.includes(primary)) return primary
  }
  return null
}

/**
 * A language as a reader writes dates and numbers in it: with the region of the first of the browser's tags that is of this language
 * (RFC 5646 2.2.4). `en` is `en-GB` for whoever reads British English, and stays `en` where no tag says more.
 */
export const withRegion = (language: Language, tags: readonly string[]): string =>
  tags.find((tag) => new RegExp(`^${language}(-[a-z]{4})?-([a-z]{2}|[0-9]{3})$`, 'i').test(tag)) ?? language

/** `Accept-Language` (RFC 9110 12.5.4) as tags, best first. Bears spaces, missing and broken weights. */
export function acceptedLanguages(header: string): string[] {
  return header
    .slice(0, 500)
    .split(',')
    .slice(0, MAX_RANGES)
    .map((part, position) => {
      const [tag = '', ...parameters] = part.split(';').map((piece) => piece.trim())
      const weight = parameters.find((parameter) => /^q\s*=/i.test(parameter))?.split('=')[1]
      const quality = weight === undefined ? 1 : Number(weight)
      return { tag, quality: Number.isFinite(quality) ? quality : 0, position }
    })
    .filter(({ tag, quality }) => tag !== '' && quality > 0)
    .sort((a, b) => b.quality - a.quality || a.position - b.position)
    .map(({ tag }) => tag)
}

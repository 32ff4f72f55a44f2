import { type Language, matchLanguage } from '@vestibule/shared/languages.ts'
import type { LanguageChoice } from '@vestibule/shared/policies/languages.ts'

/** What a browser says of languages, whoever sits before it. */
export type BrowserWishes = {
  /** What somebody chose in this browser, and when (milliseconds). */
  chosen: { language: Language; chosenAt: number } | null
  /** `Accept-Language`, best first. */
  accepted: readonly string[]
}

/** Every wish about the language of a page. */
export type LanguageWishes = BrowserWishes & {
  /** `ui_locales` of the request (OpenID Connect Core 3.1.2.1), best first, and when it arrived (milliseconds). */
  request?: { uiLocales: readonly string[]; createdAt: number }
  /** The own choice of the person that this browser knows: BCP 47. */
  own?: string | null
}

/** Whether somebody chose a language at or after this moment: on the pages of what began then. */
export const hasChosenSince = ({ chosen }: BrowserWishes, since: number): boolean =>
  chosen !== null && chosen.chosenAt >= since

/**
 * The application's wish, the person's own choice, the choice made in this browser, what the browser accepts, the organization's. Among
 * them only what is allowed. A choice made on the pages of a request wins over that request, so that switching stays switched.
 */
export function negotiateLanguage(wishes: LanguageWishes, { allowed, default: last }: LanguageChoice): Language {
  const { request, own, chosen, accepted } = wishes
  const inBrowser = chosen ? [chosen.language] : []
  const justNow = request && hasChosenSince(wishes, request.createdAt) ? inBrowser : []
  for (const tags of [justNow, request?.uiLocales ?? [], own ? [own] : [], inBrowser, accepted]) {
    const language = matchLanguage(tags, allowed)
    if (language) return language
  }
  return last
}

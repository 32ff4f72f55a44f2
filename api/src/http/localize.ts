import type { Entry } from '@vestibule/locales/index.ts'
import { loadStrings } from '@vestibule/locales/load.ts'
import { acceptedLanguages, type Language } from '@vestibule/shared/languages.ts'
import type { Deps } from '../deps.ts'
import type { OrganizationId } from '../domain/ids.ts'
import { type BrowserWishes, type LanguageWishes, negotiateLanguage } from '../domain/language.ts'
import { faceOf } from '../use-cases/face.ts'
import { readLanguage } from './cookies.ts'
import type { Http } from './env.ts'

/** The choice made in this browser, and what the browser accepts. */
export const browserWishes = (c: Http, { settings }: Pick<Deps, 'settings'>): BrowserWishes => ({
  chosen: readLanguage(c, settings),
  accepted: acceptedLanguages(c.req.header('accept-language') ?? ''),
})

/** How long a page without a request of its own stays open, in milliseconds: a choice younger than this was made on it. */
const OPEN = 3_600_000

/** `ui_locales` of an address that is a page itself: of the end session endpoint, and of a request that was refused. */
export const askedNow = ({ clock }: Deps, uiLocales: string[]): LanguageWishes['request'] => ({
  uiLocales,
  createdAt: clock.now() - OPEN,
})

type About = Omit<LanguageWishes, keyof BrowserWishes> & { organizationId?: OrganizationId | null }

async function dress(c: Http, deps: Deps, { organizationId = null, ...wishes }: About) {
  const { branding, languages } = await faceOf(deps, organizationId)
  return { branding, language: negotiateLanguage({ ...browserWishes(c, deps), ...wishes }, languages) }
}

/** The language of a page that has no texts but a word. */
export const pageLanguage = async (c: Http, deps: Deps, about: About): Promise<Language> =>
  (await dress(c, deps, about)).language

/** What every page has. */
export async function pageTexts(c: Http, deps: Deps, entry: Entry, about: About = {}) {
  const { branding, language } = await dress(c, deps, about)
  return { ...dressed(language, entry), branding }
}

const texts = new Map<string, { language: Language; strings: Record<string, unknown> }>()

/** The texts of an entry, the same object each time. */
export function dressed(language: Language, entry: Entry): { language: Language; strings: Record<string, unknown> } {
  const key = `${language} ${entry}`
  const known = texts.get(key) ?? { language, strings: loadStrings(language, entry) }
  texts.set(key, known)
  return known
}

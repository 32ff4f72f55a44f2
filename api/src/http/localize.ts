import type { Entry } from '@vestibule/locales/index.ts'
import { loadStrings } from '@vestibule/locales/load.ts'
import { acceptedLanguages, type Language, matchLanguage } from '@vestibule/shared/languages.ts'
import type { Deps } from '../deps.ts'
import type { OrganizationId } from '../domain/ids.ts'
import { brandingOf } from '../use-cases/face.ts'
import { readLanguage } from './cookies.ts'
import type { Http } from './env.ts'

/** A pending request, for its `ui_locales`. */
type Asked = { uiLocales: readonly string[]; createdAt: number }

/**
 * `ui_locales` of the request, the choice made in this browser, what the browser accepts, English. A choice made after the request
 * arrived wins over it, so that switching stays switched.
 */
export function languageOf(c: Http, { settings }: Deps, asked?: Asked): Language {
  const chosen = readLanguage(c, settings)
  if (chosen && asked && chosen.chosenAt >= asked.createdAt) return chosen.language
  return (
    matchLanguage(asked?.uiLocales ?? []) ??
    chosen?.language ??
    matchLanguage(acceptedLanguages(c.req.header('accept-language') ?? '')) ??
    'en'
  )
}

/** What every page has. */
export async function pageTexts(
  c: Http,
  deps: Deps,
  entry: Entry,
  about: { asked?: Asked; organizationId?: OrganizationId | null } = {},
) {
  const language = languageOf(c, deps, about.asked)
  return { ...dressed(language, entry), branding: await brandingOf(deps, about.organizationId ?? null) }
}

const texts = new Map<string, { language: Language; strings: Record<string, unknown> }>()

/** The texts of an entry, the same object each time. */
export function dressed(language: Language, entry: Entry): { language: Language; strings: Record<string, unknown> } {
  const key = `${language} ${entry}`
  const known = texts.get(key) ?? { language, strings: loadStrings(language, entry) }
  texts.set(key, known)
  return known
}

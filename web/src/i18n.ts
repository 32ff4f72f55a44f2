import type { Entry, Namespace } from '@vestibule/locales'
import type { languageRoutes } from '@vestibule/shared/contract/language.ts'
import { LANGUAGES, type Language, withRegion } from '@vestibule/shared/languages.ts'
import i18next, { type ParseKeys, type ResourceKey, type TFunction } from 'i18next'
import { initReactI18next, useTranslation } from 'react-i18next'
import { createCall } from './call.ts'

type Namespaces = [
  'common',
  'login',
  'password',
  'passkeys',
  'registration',
  'device',
  'factors',
  'keys',
  'security',
  'trusted',
  'account',
  'profile',
  'data',
  'errors',
]
export type TextKey = ParseKeys<Namespaces>
export type Texts = TFunction<Namespaces>

function add(language: Language, strings: Record<string, unknown>) {
  for (const [name, texts] of Object.entries(strings)) i18next.addResourceBundle(language, name, texts)
}

/** Starts with the texts of the page. There is no fallback language: a missing text is a failing test, not an English sentence. */
export function startTexts(language: Language, strings: Record<string, unknown>) {
  void i18next.use(initReactI18next).init({
    lng: language,
    resources: { [language]: strings as Record<Namespace, ResourceKey> },
    fallbackLng: false,
    defaultNS: 'common',
    initAsync: false,
    // React escapes.
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
  })
  turnPage(language)
}

function turnPage(language: Language) {
  document.documentElement.lang = language
  document.documentElement.dir = LANGUAGES[language].direction
}

const call = createCall<typeof languageRoutes>()

/**
 * Changes the texts in place; with `remember` this browser keeps the language, because somebody chose it. Throws `ProblemAnswer`, and then
 * nothing has changed.
 */
export async function switchLanguage(language: Language, entry: Entry, { remember }: { remember: boolean }) {
  const { strings } = await call('post /api/language', { body: { language, entry, remember } })
  add(language, strings)
  await i18next.changeLanguage(language)
  turnPage(language)
}

/** The language of an answer, where it is another one than the page has: better a step in the language before than no step at all. */
export async function followLanguage(language: Language, entry: Entry) {
  if (language === i18next.language) return
  await switchLanguage(language, entry, { remember: false }).catch(() => undefined)
}

/** `t('login:identify.heading')` in the language of the page. `locale` is for `Intl`: that language as this reader's region writes it. */
export function useTexts(): { t: Texts; language: Language; locale: string } {
  const { t, i18n } = useTranslation()
  // Which namespaces are loaded is the entry's affair; the key names its namespace always.
  const language = i18n.language as Language
  return { t: t as unknown as Texts, language, locale: withRegion(language, navigator.languages) }
}

import type { LanguageChoice } from '@vestibule/shared/policies/languages.ts'
import type { KnownAccount } from '../../deps.ts'
import { type BrowserWishes, negotiateLanguage } from '../../domain/language.ts'
import type { PendingLogin } from './load-login.ts'

/** What the page of this login is written in, and every mail that it has sent. */
export function languageOf(
  { request, subject, parameters }: PendingLogin,
  wishes: BrowserWishes,
  among: LanguageChoice,
) {
  const known = subject?.account as KnownAccount | null | undefined
  const own = request.loginName === null ? (known?.locale ?? null) : null
  const { uiLocales } = parameters
  return negotiateLanguage({ ...wishes, request: { uiLocales, createdAt: request.createdAt }, own }, among)
}

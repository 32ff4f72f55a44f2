import type { StartAgain } from '@vestibule/shared/problem.ts'
import type { Application } from './application.ts'
import { webLink } from './web-link.ts'

type From = { issuer: string /** What the application may know already. */; loginHint?: string | null }

/**
 * Where an application begins a login by itself (OpenID Connect Core 4), or null where it does not say. We make no request in its name:
 * only it knows which `state` and which challenge it will recognize.
 */
export function initiateLogin(
  { settings }: Pick<Application, 'settings'>,
  { issuer, loginHint = null }: From,
): string | null {
  const link = webLink(settings.initiateLoginUri)
  if (link === null) return null
  const query = new URLSearchParams({ iss: issuer, ...(loginHint === null ? {} : { login_hint: loginHint }) })
  return `${link}${link.includes('?') ? '&' : '?'}${query}`
}

/** The same with its name, for a page where a login came to its end. */
export function startAgain(application: Pick<Application, 'name' | 'settings'> | null, from: From): StartAgain | null {
  const to = application && initiateLogin(application, from)
  return to ? { application: application.name, to } : null
}

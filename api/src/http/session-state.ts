import type { Redirect } from '@vestibule/shared/login-step.ts'
import type { Deps, KnownApplication } from '../deps.ts'
import { sessionState } from '../oidc/session-management/session-state.ts'
import { readBrowserState, writeBrowserState } from './cookies.ts'
import type { Http } from './env.ts'

type Response = {
  redirect: Redirect
  application: KnownApplication
  redirectUri: string
  /** Somebody proved themselves just now. */
  isNewLogin: boolean
}

/**
 * Adds `session_state` to a successful response (OpenID Connect Session Management 1.0, 2), where the application asked for it. What it is
 * made from changes with every login; a browser that met no such application has none.
 */
export function withSessionState(c: Http, deps: Deps, response: Response): Redirect {
  const { redirect, application, redirectUri, isNewLogin } = response
  const { origin } = new URL(redirectUri)
  if (!application.settings.sessionManagement || origin === 'null') {
    if (isNewLogin) renewBrowserState(c, deps)
    return redirect
  }
  const known = isNewLogin ? null : readBrowserState(c, deps.settings)
  const browserState = known ?? newValue(deps)
  if (known === null) writeBrowserState(c, deps.settings, browserState)
  const { clientId } = application
  return added(redirect, sessionState({ clientId, origin, browserState, salt: newValue(deps) }))
}

/** Whoever is signed in in this browser has changed: what applications hold fits no more. */
export function renewBrowserState(c: Http, deps: Deps): void {
  if (readBrowserState(c, deps.settings) !== null) writeBrowserState(c, deps.settings, newValue(deps))
}

/** 128 random bits: no credential, and derived from none. */
const newValue = ({ randomBytes }: Deps): string => randomBytes(16).toString('base64url')

/** A response in an address ends with parameters already, in its query or behind the #. */
const added = ({ to, form }: Redirect, value: string): Redirect =>
  form ? { to, form: { ...form, session_state: value } } : { to: `${to}&session_state=${value}` }

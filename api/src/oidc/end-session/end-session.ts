import type { SignOutView } from '@vestibule/shared/page.ts'
import { tokenHash } from '../../crypto/token.ts'
import type { Deps, KnownAccount, KnownApplication, LogoutParty } from '../../deps.ts'
import { newId, type SessionId } from '../../domain/ids.ts'
import { initiateLogin } from '../../domain/initiate-login.ts'
import { isUsableRedirect } from '../../domain/redirect-uri.ts'
import { knownHere } from '../../use-cases/grants/known-here.ts'
import { accountView } from '../../use-cases/login/answer.ts'
import { endSessions } from '../../use-cases/sign-out/end-sessions.ts'
import { framesOf } from '../../use-cases/sign-out/farewell.ts'
import { finding, UntrustedRequest } from '../oauth-error.ts'
import { mustBeWellFormed, type Parameters } from '../parameters.ts'
import { type HintedLogin, verifyIdTokenHint } from '../tokens/verify-id-token.ts'

/** How long a confirmation page may stay unanswered. Milliseconds. */
const LOGOUT_REQUEST_LIFETIME = 3_600_000

export type SignOutResult =
  | { kind: 'redirect'; to: string }
  | {
      kind: 'signed_out'
      application: KnownApplication | null
      /** What the page loads, and where it leads then; both are empty for a page that is just the end. */
      frames: string[]
      to: string | null
    }
  | { kind: 'confirm'; view: SignOutView; application: KnownApplication | null }

type Asked = {
  hint: HintedLogin | null
  application: KnownApplication | null
  /** The address to go back to, when it is registered exactly. */
  returnTo: string | null
  notice: SignOutView['notice']
}

/**
 * The end session endpoint (OpenID Connect RP-Initiated Logout 1.0). With a valid hint that session ends at once; without one nothing
 * ends before the person says so, and nothing unregistered is ever followed.
 * @throws UntrustedRequest when hint and client_id contradict each other
 */
export async function endSession(
  deps: Deps,
  parameters: Parameters,
  deviceToken: string | null,
): Promise<SignOutResult> {
  mustBeWellFormed(parameters)
  const asked = await readRequest(deps, parameters)
  if (asked.hint && asked.notice === null) {
    const frames = framesOf(await endHinted(deps, asked.hint))
    const to = asked.returnTo && withState(asked.returnTo, parameters.get('state'))
    return to && frames.length === 0
      ? { kind: 'redirect', to }
      : { kind: 'signed_out', application: asked.application, frames, to }
  }
  return confirmation(deps, parameters, asked, deviceToken)
}

async function readRequest(deps: Deps, parameters: Parameters): Promise<Asked> {
  const token = parameters.get('id_token_hint')
  const hint = token ? await verifyIdTokenHint(deps, token) : null
  const clientId = parameters.get('client_id')
  if (hint && clientId && clientId !== hint.audience)
    throw new UntrustedRequest(
      'invalid_request',
      'id_token_hint was issued to another client',
      finding('id_token_hint', 'mismatch', { expected: hint.audience, got: clientId }),
    )
  const audience = hint?.audience ?? clientId
  const named = audience ? await deps.repositories.applications.findActiveByClientId(audience.slice(0, 256)) : null
  const application = knownHere(deps, named)
  const uri = parameters.get('post_logout_redirect_uri')
  const isRegistered = uri !== null && isRegisteredReturn(uri, application)
  const notice = token && !hint ? 'hint_invalid' : uri && !isRegistered ? 'redirect_refused' : null
  return { hint, application, returnTo: isRegistered && notice === null ? uri : null, notice }
}

const isRegisteredReturn = (uri: string, application: KnownApplication | null): boolean =>
  application?.postLogoutRedirectUris.includes(uri) === true && isUsableRedirect(uri, application)

/** Whichever browser it lives in. What was granted for offline access stays. */
async function endHinted(deps: Deps, { sessionId, subject }: HintedLogin): Promise<LogoutParty[]> {
  if (sessionId === null) return []
  return deps.db.transaction(async (tx) => {
    const session = await deps.repositories.sessions.findWithUser(sessionId as SessionId, tx)
    if (session?.user.subject !== subject) return []
    return (await endSessions(deps, tx, [session], { keepOffline: true })).parties
  })
}

export const withState = (uri: string, state: string | null): string =>
  state === null ? uri : `${uri}${uri.includes('?') ? '&' : '?'}${new URLSearchParams({ state })}`

async function confirmation(
  deps: Deps,
  parameters: Parameters,
  asked: Asked,
  deviceToken: string | null,
): Promise<SignOutResult> {
  const { application, notice } = asked
  const browser = deviceToken ? await deps.repositories.devices.findWithAccounts(tokenHash(deviceToken), null) : null
  const accounts = browser?.accounts.filter(({ session }) => session.endedAt === null) ?? []
  if (!browser || accounts.length === 0) return { kind: 'signed_out', application, frames: [], to: null }

  const { clock, randomBytes } = deps
  const now = clock.now()
  const id = newId('out', { now: clock.now, randomBytes })
  await deps.db.transaction((tx) =>
    deps.repositories.logoutRequests.create(tx, {
      id,
      deviceId: browser.device.id,
      applicationId: application?.id ?? null,
      redirectUri: asked.returnTo,
      state: parameters.get('state'),
      createdAt: now,
      expiresAt: now + LOGOUT_REQUEST_LIFETIME,
    }),
  )
  const views = accounts.map((account) => accountView(deps, account))
  const preselected = preselect(accounts, asked.hint, parameters.get('logout_hint'))
  const again = application && initiateLogin(application, deps.settings)
  const view = { request: id, accounts: views, preselected, application: application?.name ?? null, again, notice }
  return { kind: 'confirm', view, application }
}

/** The account the hint means, or whose name, subject or session `logout_hint` says. */
function preselect(
  accounts: readonly KnownAccount[],
  hint: HintedLogin | null,
  logoutHint: string | null,
): string | null {
  const found = accounts.find(
    ({ session, user, loginName }) =>
      session.id === hint?.sessionId ||
      (logoutHint !== null && [session.id, user.subject, loginName].includes(logoutHint)),
  )
  return found?.session.id ?? null
}

import { isToken, newToken, tokenHash } from '../../crypto/token.ts'
import type { Deps, Executor, KnownApplication } from '../../deps.ts'
import { type AuthRequestId, type DeviceId, isId } from '../../domain/ids.ts'
import type { LoginHandle } from '../../use-cases/login/load-login.ts'

/** Whose conversation it is: the application, and the thumbprint of the key that it proved. */
export type Client = { application: KnownApplication; key: string }

/** A conversation that this request continues; nobody else holds what opens it. */
export type OpenLogin = LoginHandle & { deviceToken: string; deviceId: DeviceId }

/**
 * An auth session (OAuth 2.0 for First-Party Applications 5.3.1) is to a client what the cookie is to a browser, and it is stored as one: as a
 * hash, which here is over the client and its key too. Another client or another key finds nothing, and in a browser it is no cookie at all.
 */
const hashOf = ({ application, key }: Client, authSession: string): string =>
  tokenHash(`auth session ${application.id} ${key} ${authSession}`)

const PREFIX = 'req_'

/** The id of the request says nothing, and opens nothing without the rest. */
function requestIn(authSession: string): AuthRequestId | null {
  const [token = '', id = '', ...more] = authSession.split('.')
  const request = PREFIX + id
  return more.length === 0 && isToken('auth_session', token) && isId('req', request) ? request : null
}

/**
 * Spends an auth session, whatever becomes of the rest: of those who come with one value, one goes on. Null for everybody else, and for what
 * another client or another key brings, which spends nothing.
 */
export async function spendAuthSession(deps: Deps, client: Client, authSession: string): Promise<OpenLogin | null> {
  const request = requestIn(authSession)
  if (!request) return null
  const used = hashOf(client, authSession)
  return deps.db.transaction(async (tx) => {
    const found = await deps.repositories.authRequests.find(request, used, tx)
    if (found?.parameters.issuer !== deps.settings.issuer) return null
    const { deviceId } = found
    const deviceToken = newToken('device', deps.randomBytes)
    const isFirst = await rotate(deps, tx, deviceId, { used, next: tokenHash(deviceToken) })
    return isFirst ? { request, deviceId, deviceToken } : null
  })
}

/** What the client brings next time. */
export async function newAuthSession(deps: Deps, client: Client, login: OpenLogin): Promise<string> {
  const authSession = `${newToken('auth_session', deps.randomBytes)}.${login.request.slice(PREFIX.length)}`
  const change = { used: tokenHash(login.deviceToken), next: hashOf(client, authSession) }
  if (!(await deps.db.transaction((tx) => rotate(deps, tx, login.deviceId, change))))
    throw new Error('somebody else holds this login')
  return authSession
}

const rotate = (
  { clock, repositories }: Deps,
  tx: Executor,
  id: DeviceId,
  { used, next }: { used: string; next: string },
): Promise<boolean> =>
  repositories.devices.rotate(tx, { id, usedTokenHash: used, tokenHash: next, persistent: false, now: clock.now() })

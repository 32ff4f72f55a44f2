import { tokenHash } from '../../crypto/token.ts'
import type { Deps } from '../../deps.ts'
import type { AuthRequestParameters } from '../../domain/auth-request.ts'
import { Problem } from '../../domain/problem.ts'
import { readUserCode, shownUserCode } from '../../domain/user-code.ts'
import { DEVICE_LIMITS, takeAttempt } from '../limits.ts'
import { type Arrival, type Beginning, beginLogin } from '../login/begin-login.ts'

type Visitor = Pick<Arrival, 'deviceToken' | 'knownToken' | 'trustToken' | 'userAgent'> & { address: string }

/**
 * Somebody typed the code of a device: a login for its application begins, at whose end they are asked whether to let it in. Every code
 * counts before it is looked up, and one that is wrong is answered like one that is over.
 * @throws Problem code_invalid, too_many_attempts
 */
export async function enterUserCode(
  deps: Deps,
  { address, ...browser }: Visitor,
  typed: string,
): Promise<Extract<Beginning, { kind: 'pending' }>> {
  const { box, clock, db, repositories } = deps
  await db.transaction(async (tx) => {
    await takeAttempt(deps, tx, DEVICE_LIMITS.address, address)
    if (browser.deviceToken) await takeAttempt(deps, tx, DEVICE_LIMITS.browser, tokenHash(browser.deviceToken))
  })
  const code = readUserCode(typed)
  const name = box.nameOf('user code', code ?? '')
  const waiting = await repositories.deviceAuthorizations.findOpen(name, clock.now())
  const application = waiting && (await repositories.applications.findActive(waiting.applicationId))
  if (code === null || !waiting || !application || waiting.issuer !== deps.settings.issuer)
    throw new Problem('code_invalid')

  const { scopes, resource, requiredAssurance, maxAge, organizationId } = waiting
  const asked = { scopes, resource, requiredAssurance, maxAge }
  const device = { codeHash: waiting.codeHash, userCode: shownUserCode(code) }
  const parameters = { ...requestOf(deps), ...asked, device }
  const beginning = await beginLogin(deps, { ...browser, application, parameters, organizationId })
  if (beginning.kind !== 'pending') throw new Error('a device was let in without a word')
  return beginning
}

/** The request of a device has no address to go back to. */
const requestOf = ({ settings: { issuer } }: Deps) =>
  ({
    issuer,
    redirectUri: `${issuer}/device`,
    responseMode: 'query',
    state: null,
    nonce: null,
    codeChallenge: null,
    dpopJkt: null,
    prompts: [],
    loginHint: null,
    subject: null,
    claims: null,
    uiLocales: [],
    pushed: null,
  }) satisfies Partial<AuthRequestParameters>

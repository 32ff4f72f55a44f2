import { accountPath } from '@vestibule/shared/account-pages.ts'
import { tokenHash } from '../../crypto/token.ts'
import type { Deps, Device, Executor, KnownAccount } from '../../deps.ts'
import type { AuthRequestParameters } from '../../domain/auth-request.ts'
import type { SessionId, UserId } from '../../domain/ids.ts'
import type { CompletedLogin } from '../../domain/login/steps.ts'
import { type TrustedDevice, trustIn } from '../../domain/login/trusted-device.ts'
import { Problem } from '../../domain/problem.ts'
import type { Guessed } from '../guesses/count-guess.ts'
import { contextOf, trustedIn, untouched } from '../login/context.ts'

/** Somebody who is signed in, by the same function that lets a code be issued. */
export type AccountActor = {
  login: CompletedLogin
  account: KnownAccount
  device: Device
  accounts: readonly KnownAccount[]
  trusted: readonly TrustedDevice[]
}

/** Who calls a route of the account pages. */
export type AccountHandle = {
  deviceToken: string | null
  /** How old the proof may be, in seconds; null: the policy decides. */
  maxAge: number | null
  /** Whether it is open to somebody whose account is about to be deleted. */
  duringGrace: boolean
  /** The user whose account the calling page shows, where it says so. It can only narrow. */
  shown: string | null
}

/** What the account pages ask of a login: an authorization request of our own. */
export const ownRequest = (
  issuer: string,
  prompts: AuthRequestParameters['prompts'],
  wishes: Partial<Pick<AuthRequestParameters, 'maxAge' | 'subject'>> = {},
): AuthRequestParameters => ({
  issuer,
  redirectUri: issuer + accountPath('overview'),
  responseMode: 'query',
  scopes: [],
  state: null,
  nonce: null,
  codeChallenge: null,
  dpopJkt: null,
  resource: null,
  prompts,
  maxAge: null,
  loginHint: null,
  subject: null,
  requiredAssurance: null,
  claims: null,
  uiLocales: [],
  pushed: null,
  device: null,
  ...wishes,
})

/** Whoever the account pages of this browser belong to now, or null. Nothing is remembered: the engine is asked each time. */
export async function findCurrentAccount(
  deps: Deps,
  deviceToken: string | null,
  tx?: Executor,
): Promise<AccountActor | null> {
  if (!deviceToken) return null
  const found = await deps.repositories.devices.findWithAccounts(tokenHash(deviceToken), null, tx)
  const chosen = found?.device.accountSessionId
  if (!found || !chosen) return null
  const browser = { ...found, trusted: await trustedIn(deps, found.device, found.accounts, tx) }
  const account = browser.accounts.find(({ session }) => session.id === chosen)
  const login = proofOf(deps, browser, chosen, null)
  return login && account ? { ...browser, login, account } : null
}

/** What the engine says of this session where no screen may be shown: the proof, or null. */
function proofOf(
  deps: Deps,
  browser: Pick<AccountActor, 'device' | 'accounts' | 'trusted'>,
  chosen: SessionId,
  maxAge: number | null,
): CompletedLogin | null {
  const parameters = ownRequest(deps.settings.issuer, ['none'], { maxAge })
  const situation = { ...browser, application: null, parameters, organizationId: deps.home, place: null }
  const { step } = contextOf(deps, situation, { ...untouched(deps.clock.now(), parameters), chosen })
  return step.kind === 'complete' ? step : null
}

/**
 * @throws Problem unauthenticated; account_changed when the page shows somebody else; deletion_planned when nothing is left to do but to
 *   undo that; reauth_required when the proof is older than the route allows
 */
export async function currentAccount(
  deps: Deps,
  { deviceToken, maxAge, duringGrace, shown }: AccountHandle,
  tx?: Executor,
): Promise<AccountActor> {
  const actor = await findCurrentAccount(deps, deviceToken, tx)
  if (!actor) throw new Problem('unauthenticated')
  if (shown !== null && shown !== actor.login.userId) throw new Problem('account_changed')
  if (!duringGrace && actor.account.user.deletionAt !== null) throw new Problem('deletion_planned')
  const login = proofOf(deps, actor, actor.account.session.id, maxAge)
  if (!login) throw new Problem('reauth_required')
  return { ...actor, login }
}

/** The same account as its rows are now, in the transaction that let the actor in, whatever of their proofs still counts. */
export async function accountAnew(
  { repositories }: Deps,
  { deviceToken }: Pick<AccountHandle, 'deviceToken'>,
  actor: AccountActor,
  tx: Executor,
): Promise<AccountActor> {
  const browser = await repositories.devices.findWithAccounts(tokenHash(deviceToken ?? ''), null, tx)
  const account = browser?.accounts.find(({ session }) => session.id === actor.account.session.id)
  return account ? { ...actor, account } : actor
}

/**
 * The same for whoever is about to take a way in away: read once nobody else can take another one at the same time.
 * @throws Problem as currentAccount does
 */
export async function currentHolder(deps: Deps, handle: AccountHandle, tx: Executor): Promise<AccountActor> {
  const { login } = await currentAccount(deps, handle, tx)
  await deps.repositories.credentials.hold(tx, login.userId)
  return currentAccount(deps, handle, tx)
}

/** Whose guesses on the account pages count together: with those of the login. */
export const guessedBy = (
  { clock }: Deps,
  { account, trusted }: AccountActor,
  at: Guessed['at'],
): Guessed & { userId: UserId } => {
  const { user, loginName } = account
  const trust = trustIn({ trusted, now: clock.now() }, account)?.id ?? null
  return { userId: user.id, organizationId: user.organizationId, loginName, at, trust }
}

import type { Deps, Executor } from '../../deps.ts'
import type { SessionId } from '../../domain/ids.ts'
import type { LoginAction } from '../../domain/login/permitted-actions.ts'
import { eligibleAccounts } from '../../domain/login/subject.ts'
import { Problem } from '../../domain/problem.ts'
import { keepAccount } from '../deletion/undo-deletion.ts'
import { recordEvent } from '../record-event.ts'
import { endSessions } from '../sign-out/end-sessions.ts'
import { advance, type LoginOutcome, type RequestChange, refuse } from './advance.ts'
import { type LoginHandle, loadLogin, mustPermit, type PendingLogin } from './load-login.ts'

/** One action of one step: loads, asks the engine, acts, and reads the next step in the same transaction. */
function act(
  deps: Deps,
  handle: LoginHandle,
  action: LoginAction,
  change: (tx: Executor, login: PendingLogin) => Promise<RequestChange>,
  { changesAccounts = false } = {},
): Promise<LoginOutcome> {
  return deps.db.transaction(async (tx) => {
    const login = await loadLogin(deps, handle, tx)
    mustPermit(login, action)
    return advance(deps, tx, login, await change(tx, login), changesAccounts ? handle.deviceToken : null)
  })
}

/** One of the accounts that this browser remembers and this request admits. @throws Problem not_found */
function mustBeHere(login: PendingLogin, session: string) {
  const account = eligibleAccounts(login.facts).find((known) => known.session.id === session)
  if (!account) throw new Problem('not_found')
  return account
}

/** A request about which nothing was said. */
export const NOBODY_YET = {
  sessionId: null,
  loginName: null,
  userId: null,
  freshAccount: false,
  atPicker: false,
  consentedAt: null,
  ceremony: null,
  passkeyOfferTo: null,
} satisfies RequestChange

export const selectAccount = (deps: Deps, handle: LoginHandle, session: string): Promise<LoginOutcome> =>
  act(deps, handle, 'select_account', async (_tx, login) => ({
    ...NOBODY_YET,
    sessionId: mustBeHere(login, session).session.id,
  }))

/** Back to the question who it is: to the picker, or with `fresh` past it. Nothing that was chosen or agreed to is kept. */
export const restart = (deps: Deps, handle: LoginHandle, fresh: boolean): Promise<LoginOutcome> =>
  act(deps, handle, 'restart', async () => ({ ...NOBODY_YET, freshAccount: fresh, atPicker: !fresh }))

/** The cookie alone finishes nothing: whatever the engine still wants is asked for. */
export const finish = (deps: Deps, handle: LoginHandle): Promise<LoginOutcome> =>
  act(deps, handle, 'finish', async () => ({}))

/** Leaves for the application with access_denied (RFC 6749 4.1.2.1). */
export const cancel = (deps: Deps, handle: LoginHandle): Promise<LoginOutcome> =>
  deps.db.transaction(async (tx) => {
    const login = await loadLogin(deps, handle, tx)
    mustPermit(login, 'cancel')
    return { login, redirect: await refuse(deps, tx, login, 'access_denied') }
  })

export function decideConsent(deps: Deps, handle: LoginHandle, allow: boolean): Promise<LoginOutcome> {
  return deps.db.transaction(async (tx) => {
    const login = await loadLogin(deps, handle, tx)
    mustPermit(login, 'decide_consent')
    if (!allow) return { login, redirect: await refuse(deps, tx, login, 'access_denied') }
    const consentedAt = await giveConsent(deps, tx, login)
    return advance(deps, tx, login, { consentedAt })
  })
}

async function giveConsent(
  deps: Deps,
  tx: Executor,
  { subject, application, parameters, accounts }: PendingLogin,
): Promise<number> {
  const user = subject?.user
  if (!user || !application) throw new Problem('wrong_step')
  const now = deps.clock.now()
  const before = accounts.find((account) => account.user.id === user.id)?.consentedScopes ?? []
  const scopes = [...new Set([...before, ...parameters.scopes])]
  await deps.repositories.consents.give(tx, { userId: user.id, applicationId: application.id, scopes, grantedAt: now })
  await recordEvent(deps, tx, {
    type: 'consent.given',
    organizationId: user.organizationId,
    actor: user.id,
    target: application.id,
    data: { scopes: parameters.scopes },
  })
  return now
}

/** Whoever comes back to an application wants to keep the account that opens it. */
export const keepLeavingAccount = (deps: Deps, handle: LoginHandle): Promise<LoginOutcome> =>
  act(
    deps,
    handle,
    'keep_account',
    async (tx, { subject }) => {
      const user = subject?.user
      if (user) await keepAccount(deps, tx, user, user.id)
      return {}
    },
    { changesAccounts: true },
  )

const ENDS_SESSIONS = { changesAccounts: true }

/** Whoever tidies up the picker is still choosing: the account that is left does not go on by itself. */
const AT_PICKER = { atPicker: true } satisfies RequestChange

/** Takes an account out of this browser's picker. Its session here ends too, and the browser is not trusted any more. */
export const forgetAccount = (deps: Deps, handle: LoginHandle, session: string): Promise<LoginOutcome> =>
  act(
    deps,
    handle,
    'forget_account',
    async (tx, login) => {
      const account = mustBeHere(login, session)
      await endSessions(deps, tx, [account], { keepOffline: true })
      await deps.repositories.sessions.forget(tx, account.session.id, login.device.id, deps.clock.now())
      await deps.repositories.trustedDevices.removeIn(tx, login.device.id, account.user.id)
      await recordEvent(deps, tx, {
        type: 'account.forgotten',
        organizationId: account.user.organizationId,
        actor: account.user.id,
        target: account.session.id,
      })
      return AT_PICKER
    },
    ENDS_SESSIONS,
  )

/** Ends one session of this browser, or all; the accounts stay in the picker. */
export const signOutAccount = (
  deps: Deps,
  handle: LoginHandle,
  session: SessionId | 'all' | string,
): Promise<LoginOutcome> =>
  act(
    deps,
    handle,
    'sign_out_account',
    async (tx, login) => {
      const accounts = session === 'all' ? eligibleAccounts(login.facts) : [mustBeHere(login, session)]
      await endSessions(deps, tx, accounts, { keepOffline: true })
      return AT_PICKER
    },
    ENDS_SESSIONS,
  )

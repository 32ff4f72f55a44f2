import type { Me, OwnSession } from '@vestibule/shared/contract/me.ts'
import type { Deps, Executor } from '../../deps.ts'
import type { DeviceId, SessionId, UserId } from '../../domain/ids.ts'
import { endToTell } from '../../domain/password-age.ts'
import { Problem } from '../../domain/problem.ts'
import { isLive } from '../../domain/session.ts'
import { ownPicturePath } from '../own-picture.ts'
import { endSessions } from '../sign-out/end-sessions.ts'
import { openFarewell } from '../sign-out/farewell.ts'
import { type AccountActor, type AccountHandle, currentAccount } from './current-account.ts'
import { describeBrowser } from './describe-browser.ts'

/** The person signed in, as the account pages greet them. */
export async function getMe(deps: Deps, { account, login }: AccountActor): Promise<Me> {
  const person = await deps.repositories.users.findPerson(login.userId)
  if (!person) throw new Problem('unauthenticated')
  const source = await deps.repositories.users.findClaimSource(login.userId)
  return {
    id: person.id,
    displayName: person.displayName,
    givenName: person.profile.givenName ?? null,
    loginName: account.loginName,
    email: source?.email?.value ?? null,
    isEmailVerified: source?.email?.verified ?? false,
    organization: person.organizationName,
    picture: ownPicturePath(deps, account.picture),
    passwordEndsAt: passwordEndOf(deps, account),
    deletionAt: person.deletionAt === null ? null : new Date(person.deletionAt).toISOString(),
    deletionGraceDays: deps.settings.deletionGraceDays,
  }
}

function passwordEndOf({ clock }: Deps, { password }: AccountActor['account']): string | null {
  const end = password && endToTell(password, clock.now())
  return end === null ? null : new Date(end).toISOString()
}

/** Everywhere this person is signed in, newest use first. */
export async function listOwnSessions(deps: Deps, { account, login }: AccountActor): Promise<OwnSession[]> {
  const now = deps.clock.now()
  const rows = await deps.repositories.sessions.listLiveOfUser(login.userId, now)
  const live = rows
    .filter(({ session }) => isLive(session, account.policy, now))
    .toSorted((a, b) => b.session.lastUsedAt - a.session.lastUsedAt)
  return Promise.all(
    live.map(async ({ session, userAgent, firstSeenAt }) => ({
      id: session.id,
      current: session.id === login.sessionId,
      ...(await describeBrowser(userAgent)),
      checks: session.checks.map(({ factor, at }) => ({ factor, at: new Date(at).toISOString() })),
      createdAt: new Date(session.createdAt).toISOString(),
      lastUsedAt: new Date(session.lastUsedAt).toISOString(),
      firstSeenAt: new Date(firstSeenAt).toISOString(),
    })),
  )
}

/** Ends one of one's own sessions, all but this one, or all, with every token of them. @throws Problem unauthenticated, not_found */
export function endOwnSession(deps: Deps, handle: AccountHandle, which: string): Promise<number> {
  return deps.db.transaction(async (tx) => {
    const { login, device } = await currentAccount(deps, handle, tx)
    const rows = await deps.repositories.sessions.listLiveOfUser(login.userId, deps.clock.now(), tx)
    const chosen = rows.filter(({ session: { id } }) => {
      if (which === 'all') return true
      return which === 'others' ? id !== login.sessionId : id === which
    })
    if (chosen.length === 0 && which !== 'others') throw new Problem('not_found')
    await distrust(deps, tx, which, { userId: login.userId, here: device.id, ending: chosen })
    const user = { id: login.userId, organizationId: login.organizationId }
    const endings = chosen.map(({ session }) => ({ session: { id: session.id as SessionId }, user }))
    const { ended } = await endSessions(deps, tx, endings, { keepOffline: false })
    // what was granted for offline access may have outlived its session, and stands in no list
    const keep = which === 'others' ? { sessionId: login.sessionId, offline: true } : null
    if (which === 'others' || which === 'all')
      await deps.repositories.grants.revokeOfUser(tx, login.userId, deps.clock.now(), keep)
    return ended
  })
}

type Ending = { userId: UserId; here: DeviceId; ending: { session: { deviceId: DeviceId } }[] }

/** Whoever ends a session from the list does not trust that browser. Their own sign-out from this one leaves it as it is. */
async function distrust({ repositories }: Deps, tx: Executor, which: string, { userId, here, ending }: Ending) {
  const { trustedDevices } = repositories
  if (which === 'all') return trustedDevices.removeOfUser(tx, userId)
  if (which === 'others') return trustedDevices.removeOfUser(tx, userId, here)
  const others = ending.map(({ session }) => session.deviceId).filter((id) => id !== here)
  for (const deviceId of others) await trustedDevices.removeIn(tx, deviceId, userId)
}

/** Signs out of the session that these pages run in. The account stays in the picker. Out: the page that follows. */
export function signOutHere(deps: Deps, handle: AccountHandle): Promise<string> {
  return deps.db.transaction(async (tx) => {
    const { account, device } = await currentAccount(deps, handle, tx)
    const { parties } = await endSessions(deps, tx, [account], { keepOffline: true })
    return openFarewell(deps, tx, device.id, parties)
  })
}

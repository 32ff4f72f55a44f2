import { tokenHash } from '../../crypto/token.ts'
import type { Deps, Executor, LogoutParty } from '../../deps.ts'
import { frameOf } from '../../domain/front-channel.ts'
import { type DeviceId, isId, newId } from '../../domain/ids.ts'

/** How long the page that tells applications may be opened. Milliseconds. */
const LIFETIME = 300_000

/** The addresses that the last page loads, one for each application that wants it. */
export const framesOf = (parties: readonly LogoutParty[]): string[] =>
  parties.flatMap((party) => {
    const uri = party.application.settings.frontchannelLogoutUri
    return uri === null ? [] : [frameOf(uri, party)]
  })

/** Where the browser goes after a sign-out on our own pages: a page that tells the applications, where there are any to tell. */
export async function openFarewell(
  { clock, randomBytes, repositories }: Deps,
  tx: Executor,
  deviceId: DeviceId,
  parties: readonly LogoutParty[],
): Promise<string> {
  const frames = framesOf(parties)
  if (frames.length === 0) return '/signed-out'
  const now = clock.now()
  const id = newId('out', { now: clock.now, randomBytes })
  const row = { id, deviceId, applicationId: null, redirectUri: null, state: null, createdAt: now }
  await repositories.logoutRequests.create(tx, { ...row, expiresAt: now + LIFETIME })
  await repositories.logoutRequests.finish(tx, id, now, frames)
  return farewellPath(id)
}

export const farewellPath = (id: string): string => `/signed-out/${id}`

/** What the page of a finished sign-out tells and where it leads; null for another browser's, and for one that is over. */
export async function findFarewell(
  { clock, repositories }: Deps,
  { request, deviceToken }: { request: string; deviceToken: string | null },
) {
  if (!isId('out', request) || !deviceToken) return null
  const browser = await repositories.devices.findWithAccounts(tokenHash(deviceToken), null)
  const row = browser && (await repositories.logoutRequests.find(request, browser.device.id))
  if (!row || row.finishedAt === null || row.finishedAt + LIFETIME <= clock.now()) return null
  const { applicationId, frames, redirectUri, state } = row
  return {
    application: applicationId && (await repositories.applications.findActive(applicationId)),
    frames: frames ?? [],
    redirect: redirectUri === null ? null : { uri: redirectUri, state },
  }
}

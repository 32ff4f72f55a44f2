import { newToken, tokenHash } from '../../crypto/token.ts'
import type { Deps, Executor } from '../../deps.ts'
import { type DeviceId, newId } from '../../domain/ids.ts'
import type { TrustedDevice } from '../../domain/login/trusted-device.ts'
import { notifyUser } from '../messages/notify-user.ts'
import { createNotMeLink } from '../not-me/not-me-link.ts'
import { recordEvent } from '../record-event.ts'

/** By this a browser is known after its handle is gone, which ends with the browser unless somebody stays signed in. Milliseconds. */
export type TrustCookie = { token: string; expiresAt: number }

/** The browser that is trusted, as its owner recognises it. */
export type TrustedBrowser = { browser: string | null; system: string | null }

type Trust = Omit<TrustedDevice, 'id'>

/** Its owner is told by mail, with the way to say it was not them. Early in its transaction: it counts messages. */
export async function tellOfTrust(
  deps: Deps,
  tx: Executor,
  { userId, expiresAt, checkedAt: at }: Trust,
  browser: TrustedBrowser,
): Promise<void> {
  const values = { until: expiresAt, at, notMeLink: await createNotMeLink(deps, tx, userId), ...browser }
  await notifyUser(deps, tx, userId, { channel: 'email', kind: 'device_trusted', values })
}

/** From now on this browser is not asked for a second factor of this person. Everybody who trusts it is known by the new cookie. */
export async function trustDevice(deps: Deps, tx: Executor, deviceId: DeviceId, trust: Trust): Promise<TrustCookie> {
  const { clock, randomBytes, repositories } = deps
  const { userId, organizationId, factor } = trust
  const id = newId('tru', { now: clock.now, randomBytes })
  const token = newToken('trusted_device', randomBytes)
  const expiresAt = await repositories.trustedDevices.keep(tx, {
    ...trust,
    id,
    deviceId,
    tokenHash: tokenHash(token),
  })
  await recordEvent(deps, tx, {
    type: 'user.device_trusted',
    organizationId,
    actor: userId,
    target: userId,
    data: { device: id, factor, until: trust.expiresAt },
  })
  return { token, expiresAt }
}

/** A browser that lost its handle has another one now, and is trusted with whom it was before. Null where it brings nothing that counts. */
export async function bringTrust(
  { clock, randomBytes, repositories }: Deps,
  tx: Executor,
  brought: string | null,
  deviceId: DeviceId,
): Promise<TrustCookie | null> {
  if (brought === null) return null
  const token = newToken('trusted_device', randomBytes)
  const from = { tokenHash: tokenHash(brought), now: clock.now() }
  const expiresAt = await repositories.trustedDevices.move(tx, from, { deviceId, tokenHash: tokenHash(token) })
  return expiresAt === null ? null : { token, expiresAt }
}

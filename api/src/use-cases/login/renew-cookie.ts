import { newToken, tokenHash } from '../../crypto/token.ts'
import type { Deps, Device, Executor } from '../../deps.ts'
import { Problem } from '../../domain/problem.ts'

/** A browser's new handle. */
export type Cookie = { token: string; persistent: boolean }

/**
 * A new cookie for a browser whose rights change: what was set or stolen before opens nothing any more (session fixation).
 * @throws Problem request_not_found when it had been replaced already
 */
export async function renewCookie(
  { clock, randomBytes, repositories }: Deps,
  tx: Executor,
  device: Device,
  used: string | null,
  persistent = device.persistent,
): Promise<Cookie> {
  const token = newToken('device', randomBytes)
  const row = { id: device.id, usedTokenHash: tokenHash(used ?? ''), tokenHash: tokenHash(token), persistent }
  if (!(await repositories.devices.rotate(tx, { ...row, now: clock.now() }))) throw new Problem('request_not_found')
  return { token, persistent }
}

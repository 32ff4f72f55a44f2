import { and, eq, lt, ne } from 'drizzle-orm'
import type { DeviceId, KnownBrowserId, UserId } from '../../domain/ids.ts'
import type { Database, Executor } from '../database.ts'
import { bound, given } from '../placeholder.ts'
import { deleteBatch } from './delete-batch.ts'

/** A browser, with when this person was there before; null for never. */
type Place = { userAgent: string; tokenHash: string | null; seenAt: number | null }

/** Whoever is there now, and the cookie by which the browser was known and is known from now on, by their hashes. */
type Visit = {
  id: KnownBrowserId
  deviceId: DeviceId
  userId: UserId
  before: string | null
  tokenHash: string
  now: number
}

export function knownBrowserRepository(db: Database) {
  const { knownBrowsers: known, devices } = db.tables
  const visit = db.statement('known_browser', (on) =>
    on
      .select({ userAgent: devices.userAgent, tokenHash: devices.knownHash, seenAt: known.seenAt })
      .from(devices)
      .leftJoin(known, and(eq(known.tokenHash, devices.knownHash), eq(known.userId, bound('userId', known.userId))))
      .where(eq(devices.id, bound('deviceId', devices.id))),
  )
  const remember = db.statement('known_browser_device', (on) =>
    on
      .update(devices)
      .set({ knownHash: given('tokenHash') })
      .where(eq(devices.id, bound('deviceId', devices.id))),
  )
  const move = db.statement('known_browser_move', (on) =>
    on
      .update(known)
      .set({ tokenHash: given('tokenHash') })
      .where(eq(known.tokenHash, bound('before', known.tokenHash))),
  )
  const add = db.statement('known_browser_add', (on) =>
    on
      .insert(known)
      .values({ id: given('id'), tokenHash: given('tokenHash'), userId: given('userId'), seenAt: given('now') })
      .onConflictDoUpdate({ target: [known.tokenHash, known.userId], set: { seenAt: given('now') } }),
  )
  return {
    async find(deviceId: DeviceId, userId: UserId, tx?: Executor): Promise<Place | null> {
      const [row] = await visit({ deviceId, userId }, tx)
      return row ?? null
    },
    /** One more is known there, or again; everybody is by the new cookie from now on. */
    async keep(tx: Executor, { id, deviceId, userId, before, tokenHash, now }: Visit) {
      // devices first, as everywhere
      await remember({ deviceId, tokenHash }, tx)
      if (before !== null) await move({ tokenHash, before }, tx)
      await add({ id, tokenHash, userId, now }, tx)
    },
    /** Nobody knows this person any more, but for one browser. */
    async forget(tx: Executor, userId: UserId, keep: string | null) {
      const isOther = keep === null ? undefined : ne(known.tokenHash, keep)
      await tx.delete(known).where(and(eq(known.userId, userId), isOther))
    },
    deleteUnseenSince(tx: Executor, before: number, most: number): Promise<number> {
      return deleteBatch(tx, known.id, lt(known.seenAt, before), most)
    },
  }
}

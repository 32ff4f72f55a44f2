import { and, desc, eq, gt, lt, lte, ne, notExists, notInArray } from 'drizzle-orm'
import type { DeviceId, OrganizationId, TrustedDeviceId, UserId } from '../../domain/ids.ts'
import type { TrustedDevice } from '../../domain/login/trusted-device.ts'
import type { Database, Executor } from '../database.ts'
import { bound } from '../placeholder.ts'
import { deleteBatch } from './delete-batch.ts'

/** A cookie of a browser by its hash, and the device that the browser is now. */
type Place = { tokenHash: string; deviceId: DeviceId }

export function trustedDeviceRepository(db: Database) {
  const { trustedDevices: trusted, devices, policies } = db.tables
  const ofDevice = db.statement('trusted_of_device', (on) =>
    on
      .select({
        id: trusted.id,
        userId: trusted.userId,
        organizationId: trusted.organizationId,
        factor: trusted.factor,
        credential: trusted.credential,
        checkedAt: trusted.checkedAt,
        expiresAt: trusted.expiresAt,
      })
      .from(trusted)
      .where(eq(trusted.deviceId, bound('deviceId', trusted.deviceId))),
  )
  const latestEnd = (rows: readonly { expiresAt: number }[]) =>
    rows.length === 0 ? null : Math.max(...rows.map(({ expiresAt }) => expiresAt))
  return {
    /** Also those that are over: the engine says what counts. */
    listOfDevice: (deviceId: DeviceId, tx?: Executor): Promise<TrustedDevice[]> => ofDevice({ deviceId }, tx),
    /** One more, or this person anew; everybody in this browser is known by the new cookie from now on. Out: the latest end of them. */
    async keep(tx: Executor, { tokenHash, deviceId, ...row }: TrustedDevice & Place): Promise<number> {
      const kept = { ...row, tokenHash }
      await tx
        .insert(trusted)
        .values({ ...kept, deviceId })
        .onConflictDoUpdate({ target: [trusted.deviceId, trusted.userId], set: kept })
      const here = await tx.update(trusted).set({ tokenHash }).where(eq(trusted.deviceId, deviceId)).returning()
      return latestEnd(here) ?? row.expiresAt
    },
    /**
     * The browser that brings this cookie is another device now, with another cookie. Whoever is trusted there already stays as they are.
     * Exactly one caller moves them. Out: the latest end of what moved; null for nothing.
     */
    async move(tx: Executor, from: { tokenHash: string; now: number }, to: Place): Promise<number | null> {
      const present = tx.select({ userId: trusted.userId }).from(trusted).where(eq(trusted.deviceId, to.deviceId))
      const rows = await tx
        .update(trusted)
        .set(to)
        .where(
          and(
            eq(trusted.tokenHash, from.tokenHash),
            ne(trusted.deviceId, to.deviceId),
            gt(trusted.expiresAt, from.now),
            notInArray(trusted.userId, present),
          ),
        )
        .returning()
      return latestEnd(rows)
    },
    /** With the browser each of them is, the newest first. */
    async listOfUser(userId: UserId, tx?: Executor) {
      return (tx ?? db.query)
        .select({ trust: trusted, userAgent: devices.userAgent })
        .from(trusted)
        .innerJoin(devices, eq(devices.id, trusted.deviceId))
        .where(eq(trusted.userId, userId))
        .orderBy(desc(trusted.checkedAt), desc(trusted.id))
    },
    /** False where it is not this person's, or gone. */
    async remove(tx: Executor, id: TrustedDeviceId, userId: UserId): Promise<boolean> {
      const rows = await tx
        .delete(trusted)
        .where(and(eq(trusted.id, id), eq(trusted.userId, userId)))
        .returning({ id: trusted.id })
      return rows.length === 1
    },
    async removeIn(tx: Executor, deviceId: DeviceId, userId: UserId) {
      await tx.delete(trusted).where(and(eq(trusted.deviceId, deviceId), eq(trusted.userId, userId)))
    },
    /** Everywhere, or everywhere but in one browser. Out: how many there were. */
    async removeOfUser(tx: Executor, userId: UserId, keep: DeviceId | null = null): Promise<number> {
      const isOther = keep === null ? undefined : ne(trusted.deviceId, keep)
      const rows = await tx
        .delete(trusted)
        .where(and(eq(trusted.userId, userId), isOther))
        .returning({ id: trusted.id })
      return rows.length
    },
    /** Whoever was trusted until then, in this organization, or in all that have no such policy of their own. */
    async removeCheckedUntil(tx: Executor, owner: OrganizationId | 'instance', instant: number) {
      const ownPolicy = tx
        .select({ owner: policies.owner })
        .from(policies)
        .where(and(eq(policies.owner, trusted.organizationId), eq(policies.kind, 'login')))
      const isTheirs = owner === 'instance' ? notExists(ownPolicy) : eq(trusted.organizationId, owner)
      await tx.delete(trusted).where(and(isTheirs, lte(trusted.checkedAt, instant)))
    },
    deleteExpiredBefore(tx: Executor, before: number, most: number): Promise<number> {
      return deleteBatch(tx, trusted.id, lt(trusted.expiresAt, before), most)
    },
  }
}

import { and, asc, count, eq, gt, isNull, or } from 'drizzle-orm'
import type { UserId } from '../../domain/ids.ts'
import type { Database, Executor } from '../database.ts'
import { bound } from '../placeholder.ts'

export type MachineKey = Database['tables']['machineKeys']['$inferSelect']

/** Public keys of service users. */
export function machineKeyRepository(db: Database) {
  const { machineKeys } = db.tables
  const isKey = and(
    eq(machineKeys.userId, bound('userId', machineKeys.userId)),
    eq(machineKeys.id, bound('id', machineKeys.id)),
    or(isNull(machineKeys.expiresAt), gt(machineKeys.expiresAt, bound('now', machineKeys.expiresAt))),
  )
  const find = db.statement('machine_key_find', (on) => on.select().from(machineKeys).where(isKey))

  return {
    /** False when somebody has this very key, or this service user one of this name. */
    async create(tx: Executor, row: Omit<MachineKey, 'lastUsedAt'>): Promise<boolean> {
      const rows = await tx.insert(machineKeys).values(row).onConflictDoNothing().returning({ id: machineKeys.id })
      return rows.length === 1
    },
    /** One that counts at this moment. */
    async find(key: { userId: UserId; id: string; now: number }): Promise<MachineKey | null> {
      return (await find(key))[0] ?? null
    },
    /** Whether it still counts; it is there to the end of this transaction, so that what is minted by it can be found when it goes. */
    async use(tx: Executor, { userId, id, now }: { userId: UserId; id: string; now: number }): Promise<boolean> {
      const counts = or(isNull(machineKeys.expiresAt), gt(machineKeys.expiresAt, now))
      const rows = await tx
        .update(machineKeys)
        .set({ lastUsedAt: now })
        .where(and(eq(machineKeys.userId, userId), eq(machineKeys.id, id), counts))
        .returning({ id: machineKeys.id })
      return rows.length === 1
    },
    async listOfUser(userId: UserId, tx?: Executor): Promise<MachineKey[]> {
      return (tx ?? db.query)
        .select()
        .from(machineKeys)
        .where(eq(machineKeys.userId, userId))
        .orderBy(asc(machineKeys.createdAt), asc(machineKeys.id))
    },
    async countOfUser(tx: Executor, userId: UserId): Promise<number> {
      const [row] = await tx.select({ keys: count() }).from(machineKeys).where(eq(machineKeys.userId, userId))
      return row?.keys ?? 0
    },
    async remove(tx: Executor, userId: UserId, id: string): Promise<boolean> {
      const rows = await tx
        .delete(machineKeys)
        .where(and(eq(machineKeys.userId, userId), eq(machineKeys.id, id)))
        .returning({ id: machineKeys.id })
      return rows.length === 1
    },
  }
}

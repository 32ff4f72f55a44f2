import { eq, lt, or } from 'drizzle-orm'
import type { Database, Executor } from '../database.ts'

export function leaseRepository(db: Database) {
  const { leases } = db.tables
  return {
    /** Waits until no other transaction is in this part of the work, and keeps all others out until this one ends. */
    async enter(tx: Executor, name: string) {
      await tx
        .insert(leases)
        .values({ name, holder: name, expiresAt: 0 })
        .onConflictDoUpdate({ target: leases.name, set: { holder: name } })
    },
    /** True for the one process that holds the lease until `expiresAt`. */
    async take(tx: Executor, row: { name: string; holder: string; now: number; expiresAt: number }): Promise<boolean> {
      const rows = await tx
        .insert(leases)
        .values({ name: row.name, holder: row.holder, expiresAt: row.expiresAt })
        .onConflictDoUpdate({
          target: leases.name,
          set: { holder: row.holder, expiresAt: row.expiresAt },
          setWhere: or(eq(leases.holder, row.holder), lt(leases.expiresAt, row.now)),
        })
        .returning({ name: leases.name })
      return rows.length === 1
    },
  }
}

import type { Role } from '@vestibule/shared/roles.ts'
import { and, asc, eq, sql } from 'drizzle-orm'
import type { UserId } from '../../domain/ids.ts'
import type { Database, Executor } from '../database.ts'

export function managerRoleRepository(db: Database) {
  const { managerRoles } = db.tables
  return {
    async grant(tx: Executor, row: { userId: UserId; scope: string; role: Role }) {
      await tx.insert(managerRoles).values(row).onConflictDoNothing()
    },
    async revoke(tx: Executor, { userId, scope, role }: { userId: UserId; scope: string; role: Role }) {
      await tx
        .delete(managerRoles)
        .where(and(eq(managerRoles.userId, userId), eq(managerRoles.scope, scope), eq(managerRoles.role, role)))
    },
    /** Who has which role there, by users and roles, those behind `after` when there is one. */
    async listOfScope(
      tx: Executor,
      { scope, after, most }: { scope: string; after: { userId: UserId; role: Role } | null; most: number },
    ): Promise<{ userId: UserId; role: Role }[]> {
      const { userId, role } = managerRoles
      const behind = after === null ? undefined : sql`(${userId}, ${role}) > (${after.userId}, ${after.role})`
      return tx
        .select({ userId, role })
        .from(managerRoles)
        .where(and(eq(managerRoles.scope, scope), behind))
        .orderBy(asc(userId), asc(role))
        .limit(most)
    },
    async listOfUser(userId: UserId, tx?: Executor): Promise<{ role: Role; scope: string }[]> {
      return (tx ?? db.query)
        .select({ role: managerRoles.role, scope: managerRoles.scope })
        .from(managerRoles)
        .where(eq(managerRoles.userId, userId))
    },
    /** Who has this role, the longest first. */
    async listHolders(tx: Executor, scope: string, role: Role, most: number): Promise<UserId[]> {
      const rows = await tx
        .select({ userId: managerRoles.userId })
        .from(managerRoles)
        .where(and(eq(managerRoles.scope, scope), eq(managerRoles.role, role)))
        .orderBy(asc(managerRoles.userId))
        .limit(most)
      return rows.map(({ userId }) => userId)
    },
    /** Everybody who has this role. Nobody else changes or asks for them this way until this transaction is over. */
    async holdAll(tx: Executor, scope: string, role: Role): Promise<UserId[]> {
      const rows = await tx
        .update(managerRoles)
        .set({ role })
        .where(and(eq(managerRoles.scope, scope), eq(managerRoles.role, role)))
        .returning({ userId: managerRoles.userId })
      return rows.map(({ userId }) => userId)
    },
    /** The one who has had the role longest: ids sort by time. */
    async findFirst(tx: Executor, scope: string, role: Role): Promise<UserId | null> {
      const [row] = await tx
        .select({ userId: managerRoles.userId })
        .from(managerRoles)
        .where(and(eq(managerRoles.scope, scope), eq(managerRoles.role, role)))
        .orderBy(asc(managerRoles.userId))
        .limit(1)
      return row?.userId ?? null
    },
  }
}

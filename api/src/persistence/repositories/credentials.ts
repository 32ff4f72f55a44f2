import type { Factor, SecondFactor } from '@vestibule/shared/factors.ts'
import { and, eq, inArray, isNull, lt, ne, or } from 'drizzle-orm'
import type { CredentialId, UserId } from '../../domain/ids.ts'
import type { Database, Executor } from '../database.ts'

/** An authenticator app, with its secret in its box. */
export type TotpCredential = { id: CredentialId; userId: UserId; secret: string }
export type NewCredential = {
  id: CredentialId
  userId: UserId
  type: Exclude<Factor, 'password'>
  secret: string
  /** Of an authenticator app: the time step of the code that confirmed it. */
  lastStep?: number
  now: number
}

/** What somebody holds besides names, and what becomes of a password that somebody else may know. */
export function credentialRepository(db: Database) {
  const { credentials, users } = db.tables
  const ofType = (userId: UserId, type: Factor) => and(eq(credentials.userId, userId), eq(credentials.type, type))
  return {
    /** Until the transaction ends nobody else changes what this person holds, so that what is left is counted once. */
    async hold(tx: Executor, userId: UserId) {
      await tx.update(credentials).set({ userId }).where(eq(credentials.userId, userId))
    },
    /** It still proves who somebody is, and must be replaced then. */
    async demandNewPassword(tx: Executor, userId: UserId) {
      await tx.update(credentials).set({ mustChange: true }).where(ofType(userId, 'password'))
    },
    /** It opens nothing any more. */
    async removePassword(tx: Executor, userId: UserId) {
      await tx.delete(credentials).where(ofType(userId, 'password'))
    },
    async add(tx: Executor, { now, ...row }: NewCredential) {
      await tx.insert(credentials).values({ ...row, createdAt: now, changedAt: now })
    },
    async listTotp(userId: UserId, tx?: Executor): Promise<TotpCredential[]> {
      return (tx ?? db.query)
        .select({ id: credentials.id, userId: credentials.userId, secret: credentials.secret })
        .from(credentials)
        .where(ofType(userId, 'totp'))
    },
    /** Exactly one caller uses a time step of an authenticator app, and only one that is later than all before. */
    async useStep(tx: Executor, { id, step, now }: { id: CredentialId; step: number; now: number }): Promise<boolean> {
      const rows = await tx
        .update(credentials)
        .set({ lastStep: step, lastUsedAt: now })
        .where(and(eq(credentials.id, id), or(isNull(credentials.lastStep), lt(credentials.lastStep, step))))
        .returning({ id: credentials.id })
      return rows.length === 1
    },
    /** What somebody holds besides a password. */
    async listOfUser(userId: UserId, tx?: Executor) {
      const { id, type, label, createdAt, lastUsedAt } = credentials
      return (tx ?? db.query)
        .select({ id, type, label, createdAt, lastUsedAt })
        .from(credentials)
        .where(and(eq(credentials.userId, userId), ne(credentials.type, 'password')))
        .orderBy(credentials.createdAt, credentials.id)
    },
    /** False where the person has it already. */
    async addOnce(tx: Executor, { now, ...row }: NewCredential): Promise<boolean> {
      const rows = await tx
        .insert(credentials)
        .values({ ...row, createdAt: now, changedAt: now })
        .onConflictDoNothing()
        .returning({ id: credentials.id })
      return rows.length === 1
    },
    async noteUse(tx: Executor, userId: UserId, type: SecondFactor, now: number) {
      await tx.update(credentials).set({ lastUsedAt: now }).where(ofType(userId, type))
    },
    /** False where this person has none of these types under that id. */
    async rename(
      tx: Executor,
      { id, userId, label }: { id: CredentialId; userId: UserId; label: string | null },
      types: readonly SecondFactor[],
    ): Promise<boolean> {
      const isOwn = and(eq(credentials.id, id), eq(credentials.userId, userId), inArray(credentials.type, [...types]))
      const rows = await tx.update(credentials).set({ label }).where(isOwn).returning({ id: credentials.id })
      return rows.length === 1
    },
    /** Exactly one caller takes it away. */
    async remove(tx: Executor, id: CredentialId, userId: UserId): Promise<boolean> {
      const rows = await tx
        .delete(credentials)
        .where(and(eq(credentials.id, id), eq(credentials.userId, userId)))
        .returning({ id: credentials.id })
      return rows.length === 1
    },
    async removeType(tx: Executor, userId: UserId, type: SecondFactor) {
      await tx.delete(credentials).where(ofType(userId, type))
    },
    /** "Not now" to a second factor. */
    async skipEnrollment(tx: Executor, userId: UserId, now: number) {
      await tx.update(users).set({ enrollmentSkippedAt: now }).where(eq(users.id, userId))
    },
  }
}

import { and, inArray, isNull, notInArray } from 'drizzle-orm'
import { OPENING_LINKS } from '../../domain/one-time-link.ts'
import type { Database, Executor } from '../database.ts'

/** What an older copy of the database believes to be alive. */
export function restoredCopyRepository(db: Database) {
  const { sessions, grants, personalTokens, oneTimeLinks, ...tables } = db.tables
  const underWay = [
    tables.authRequests,
    tables.pushedRequests,
    tables.logoutRequests,
    tables.deviceAuthorizations,
    tables.oneTimeCodes,
    tables.enrollments,
    tables.webauthnChallenges,
    tables.trustedDevices,
  ]
  return {
    /** Out: how many sessions and grants were ended. Keys, secrets and personal tokens of service users stay. */
    async end(tx: Executor, now: number): Promise<{ sessions: number; grants: number }> {
      const ended = await tx
        .update(sessions)
        .set({ endedAt: now })
        .where(isNull(sessions.endedAt))
        .returning({ id: sessions.id })
      const held = tx.select({ id: personalTokens.grantId }).from(personalTokens)
      const revoked = await tx
        .update(grants)
        .set({ revokedAt: now })
        .where(and(isNull(grants.revokedAt), notInArray(grants.id, held)))
        .returning({ id: grants.id })
      // those that only protect an account work on
      await tx.delete(oneTimeLinks).where(inArray(oneTimeLinks.purpose, [...OPENING_LINKS]))
      for (const table of underWay) await tx.delete(table)
      return { sessions: ended.length, grants: revoked.length }
    },
  }
}

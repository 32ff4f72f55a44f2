import { desc, eq } from 'drizzle-orm'
import type { UserId } from '../../domain/ids.ts'
import type { Database } from '../database.ts'

/** What is kept of one person, for themselves: never a column that opens something. The newest first, at most so many. */
export function ownDataRepository(db: Database) {
  const { credentials, sessions, devices, trustedDevices, knownBrowsers, ...tables } = db.tables
  const { grants, applications, outboxMessages, avatars } = tables
  return {
    listCredentials: (userId: UserId, most: number) =>
      db.query
        .select({
          id: credentials.id,
          type: credentials.type,
          label: credentials.label,
          createdAt: credentials.createdAt,
          changedAt: credentials.changedAt,
          lastUsedAt: credentials.lastUsedAt,
        })
        .from(credentials)
        .where(eq(credentials.userId, userId))
        .orderBy(desc(credentials.createdAt), desc(credentials.id))
        .limit(most),
    /** Those that ended too, as long as they are kept. */
    listSessions: (userId: UserId, most: number) =>
      db.query
        .select({
          id: sessions.id,
          loginName: sessions.loginName,
          checks: sessions.checks,
          userAgent: devices.userAgent,
          createdAt: sessions.createdAt,
          lastUsedAt: sessions.lastUsedAt,
          expiresAt: sessions.expiresAt,
          endedAt: sessions.endedAt,
        })
        .from(sessions)
        .innerJoin(devices, eq(devices.id, sessions.deviceId))
        .where(eq(sessions.userId, userId))
        .orderBy(desc(sessions.id))
        .limit(most),
    listTrustedDevices: (userId: UserId, most: number) =>
      db.query
        .select({
          id: trustedDevices.id,
          userAgent: devices.userAgent,
          factor: trustedDevices.factor,
          checkedAt: trustedDevices.checkedAt,
          expiresAt: trustedDevices.expiresAt,
        })
        .from(trustedDevices)
        .innerJoin(devices, eq(devices.id, trustedDevices.deviceId))
        .where(eq(trustedDevices.userId, userId))
        .orderBy(desc(trustedDevices.id))
        .limit(most),
    listKnownBrowsers: (userId: UserId, most: number) =>
      db.query
        .select({ id: knownBrowsers.id, seenAt: knownBrowsers.seenAt })
        .from(knownBrowsers)
        .where(eq(knownBrowsers.userId, userId))
        .orderBy(desc(knownBrowsers.seenAt), desc(knownBrowsers.id))
        .limit(most),
    listGrants: (userId: UserId, most: number) =>
      db.query
        .select({
          id: grants.id,
          application: applications.name,
          scopes: grants.scopes,
          session: grants.sessionId,
          createdAt: grants.createdAt,
          expiresAt: grants.expiresAt,
          revokedAt: grants.revokedAt,
        })
        .from(grants)
        .innerJoin(applications, eq(applications.id, grants.applicationId))
        .where(eq(grants.userId, userId))
        .orderBy(desc(grants.id))
        .limit(most),
    /** That they were written, and never what they said. */
    listMessages: (userId: UserId, most: number) =>
      db.query
        .select({
          id: outboxMessages.id,
          channel: outboxMessages.channel,
          kind: outboxMessages.kind,
          recipient: outboxMessages.recipient,
          language: outboxMessages.language,
          state: outboxMessages.state,
          createdAt: outboxMessages.createdAt,
          sentAt: outboxMessages.sentAt,
        })
        .from(outboxMessages)
        .where(eq(outboxMessages.userId, userId))
        .orderBy(desc(outboxMessages.id))
        .limit(most),
    async findPicture(userId: UserId): Promise<Uint8Array | null> {
      const [row] = await db.query.select({ content: avatars.content }).from(avatars).where(eq(avatars.userId, userId))
      return row?.content ?? null
    },
  }
}

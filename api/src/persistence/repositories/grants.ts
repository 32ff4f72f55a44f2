import { and, eq, gt, inArray, isNull, lt, ne, or } from 'drizzle-orm'
import type { ClaimsRequest } from '../../domain/claims.ts'
import type { ApplicationId, GrantId, OrganizationId, SessionId, UserId } from '../../domain/ids.ts'
import type { Database, Executor } from '../database.ts'
import { inChunks } from '../in-chunks.ts'
import { bound, given } from '../placeholder.ts'
import { type NamedApplication, namedApplication } from './applications.ts'
import { deleteBatch } from './delete-batch.ts'

export type Grant = Database['tables']['grants']['$inferSelect']
export type NewGrant = Omit<Grant, 'revokedAt' | 'claims'> & { claims: ClaimsRequest | null }
/** What somebody's sign-in was granted for: with whose, and in which session. */
type LoginGrant = Grant & { userId: UserId; sessionId: SessionId }

export type ApplicationUse = { applicationId: ApplicationId; first: number; last: number; scopes: string[] }

/** An application that took part in a session: it holds, or held, something that was granted in it. */
export type LogoutParty = { application: NamedApplication; sessionId: SessionId; subject: string; issuer: string }

/** A session that goes on, and whether what it granted for offline access does. */
type Kept = { sessionId: SessionId; offline: boolean }

/** A grant with everything that must be alive for it to mint anything (I8). */
export type LiveGrant = LoginGrant & {
  subject: string
  organizationId: OrganizationId
  alive: boolean
  locked: boolean
}

export function grantRepository(db: Database) {
  const { applications, grants, users, organizations, refreshTokens } = db.tables

  const insert = db.statement('grant_insert', (on) =>
    on.insert(grants).values({
      id: given('id'),
      applicationId: given('applicationId'),
      userId: given('userId'),
      sessionId: given('sessionId'),
      machineCredential: given('machineCredential'),
      issuer: given('issuer'),
      scopes: given('scopes'),
      claims: given('claims'),
      resource: given('resource'),
      offline: given('offline'),
      authTime: given('authTime'),
      acr: given('acr'),
      amr: given('amr'),
      createdAt: given('createdAt'),
      expiresAt: given('expiresAt'),
    }),
  )
  const withOwner = db.statement('grant_with_owner', (on) =>
    on
      .select(grantFields(db))
      .from(grants)
      .innerJoin(users, eq(users.id, grants.userId))
      .innerJoin(organizations, eq(organizations.id, users.organizationId))
      .where(eq(grants.id, bound('id', grants.id))),
  )

  return {
    async create(tx: Executor, row: NewGrant) {
      await insert(row, tx)
    },
    async findWithOwner(id: GrantId, tx?: Executor): Promise<LiveGrant | null> {
      const [row] = await withOwner({ id }, tx)
      return row ? liveGrant(row) : null
    },
    /** Ends the grant with every code and token of it. */
    async revoke(tx: Executor, id: GrantId, now: number): Promise<boolean> {
      const rows = await tx
        .update(grants)
        .set({ revokedAt: now })
        .where(and(eq(grants.id, id), isNull(grants.revokedAt)))
        .returning({ id: grants.id })
      return rows.length === 1
    },
    /** Ends the grant that this refresh token of this application hangs on, used or not, and says which. */
    async revokeByRefreshToken(
      tx: Executor,
      key: { tokenHash: string; applicationId: ApplicationId; issuer: string },
      now: number,
    ): Promise<{ id: GrantId; userId: UserId | null } | null> {
      const hanging = tx
        .select({ id: refreshTokens.grantId })
        .from(refreshTokens)
        .where(
          and(
            eq(refreshTokens.tokenHash, key.tokenHash),
            eq(refreshTokens.applicationId, key.applicationId),
            eq(refreshTokens.issuer, key.issuer),
          ),
        )
      const [row] = await tx
        .update(grants)
        .set({ revokedAt: now })
        .where(and(inArray(grants.id, hanging), isNull(grants.revokedAt)))
        .returning({ id: grants.id, userId: grants.userId })
      return row ?? null
    },
    /** Each active application of each of these sessions, once. */
    async listParties(tx: Executor, sessionIds: readonly SessionId[]): Promise<LogoutParty[]> {
      const rows = await inChunks(sessionIds, (some) =>
        tx
          .select({
            application: applications,
            organizationName: organizations.name,
            sessionId: grants.sessionId,
            subject: users.subject,
            issuer: grants.issuer,
          })
          .from(grants)
          .innerJoin(users, eq(users.id, grants.userId))
          .innerJoin(applications, and(eq(applications.id, grants.applicationId), eq(applications.state, 'active')))
          .innerJoin(
            organizations,
            and(eq(organizations.id, applications.organizationId), eq(organizations.state, 'active')),
          )
          .where(inArray(grants.sessionId, some)),
      )
      const once = new Map(rows.map((row) => [`${row.application.id} ${row.sessionId}`, row]))
      return [...once.values()].map(({ sessionId, subject, issuer, ...row }) => ({
        application: namedApplication(row),
        // it was found by it
        sessionId: sessionId!,
        subject,
        issuer,
      }))
    },
    /** What applications hold of a person that is alive: since when, last when, and with which scopes. */
    async listUses(userId: UserId, now: number, tx?: Executor): Promise<ApplicationUse[]> {
      const rows = await (tx ?? db.query)
        .select({ applicationId: grants.applicationId, scopes: grants.scopes, createdAt: grants.createdAt })
        .from(grants)
        .where(and(eq(grants.userId, userId), isNull(grants.revokedAt), gt(grants.expiresAt, now)))
      return [...Map.groupBy(rows, ({ applicationId }) => applicationId)].map(([applicationId, some]) => ({
        applicationId,
        first: Math.min(...some.map(({ createdAt }) => createdAt)),
        last: Math.max(...some.map(({ createdAt }) => createdAt)),
        scopes: [...new Set(some.flatMap(({ scopes }) => scopes))],
      }))
    },
    /** Ends every grant of a person to one application, and says how many there were. */
    async revokeOfApplication(
      tx: Executor,
      userId: UserId,
      applicationId: ApplicationId,
      now: number,
    ): Promise<number> {
      const rows = await tx
        .update(grants)
        .set({ revokedAt: now })
        .where(and(eq(grants.userId, userId), eq(grants.applicationId, applicationId), isNull(grants.revokedAt)))
        .returning({ id: grants.id })
      return rows.length
    },
    /** What ends with a session: everything, or all but what was granted for offline access. */
    async revokeOfSessions(tx: Executor, sessionIds: readonly SessionId[], keepOffline: boolean, now: number) {
      if (sessionIds.length === 0) return
      const ended = and(inArray(grants.sessionId, [...sessionIds]), isNull(grants.revokedAt))
      await tx
        .update(grants)
        .set({ revokedAt: now })
        .where(keepOffline ? and(ended, eq(grants.offline, false)) : ended)
    },
    /** All of a person, but what hangs on the session that goes on. */
    async revokeOfUser(tx: Executor, userId: UserId, now: number, keep: Kept | null = null) {
      const offlineToo = keep?.offline ? undefined : eq(grants.offline, true)
      const others = keep === null ? undefined : or(ne(grants.sessionId, keep.sessionId), offlineToo)
      await tx
        .update(grants)
        .set({ revokedAt: now })
        .where(and(eq(grants.userId, userId), isNull(grants.revokedAt), others))
    },
    /** What a service user has by one of its keys or tokens; null: by its secret. */
    async revokeOfCredential(tx: Executor, userId: UserId, machineCredential: string | null, now: number) {
      const by =
        machineCredential === null ? isNull(grants.machineCredential) : eq(grants.machineCredential, machineCredential)
      const held = and(eq(grants.userId, userId), by)
      await tx
        .update(grants)
        .set({ revokedAt: now })
        .where(and(held, isNull(grants.revokedAt)))
    },
    deleteExpiredBefore(tx: Executor, before: number, most: number): Promise<number> {
      return deleteBatch(tx, grants.id, lt(grants.expiresAt, before), most)
    },
  }
}

/** A grant with its owner's state, for a join of grants, users and organizations. */
export const grantFields = ({ tables: { grants, users, organizations } }: Database) => ({
  grant: grants,
  subject: users.subject,
  organizationId: users.organizationId,
  userState: users.state,
  deletionAt: users.deletionAt,
  organizationState: organizations.state,
})

type GrantRow = {
  grant: Grant
  subject: string
  organizationId: OrganizationId
  userState: 'active' | 'locked' | 'deactivated'
  deletionAt: number | null
  organizationState: 'active' | 'deactivated'
}

export function liveGrant({
  grant,
  subject,
  organizationId,
  userState,
  deletionAt,
  organizationState,
}: GrantRow): LiveGrant {
  const active = organizationState === 'active' && deletionAt === null && grant.revokedAt === null
  // joined with its user, so it is a sign-in's
  return {
    ...(grant as LoginGrant),
    subject,
    organizationId,
    alive: active && userState === 'active',
    locked: active && userState === 'locked',
  }
}

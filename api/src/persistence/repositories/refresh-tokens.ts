import { and, eq, gt, isNull, lt } from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import type { ApplicationId } from '../../domain/ids.ts'
import type { Database, Executor } from '../database.ts'
import { bound, given } from '../placeholder.ts'
import { deleteBatch } from './delete-batch.ts'
import { grantFields, type LiveGrant, liveGrant } from './grants.ts'

export type RefreshToken = Database['tables']['refreshTokens']['$inferSelect']
type Key = { tokenHash: string; applicationId: ApplicationId; issuer: string }

export function refreshTokenRepository(db: Database) {
  const { refreshTokens, grants, users, organizations, identifiers } = db.tables
  const username = alias(identifiers, 'username')
  const email = alias(identifiers, 'email')

  const insert = db.statement('refresh_token_insert', (on) =>
    on.insert(refreshTokens).values({
      tokenHash: given('tokenHash'),
      grantId: given('grantId'),
      applicationId: given('applicationId'),
      issuer: given('issuer'),
      expiresAt: given('expiresAt'),
      absoluteExpiresAt: given('absoluteExpiresAt'),
      dpopJkt: given('dpopJkt'),
      issuedAt: given('issuedAt'),
    }),
  )
  const ofClient = and(
    eq(refreshTokens.tokenHash, bound('tokenHash', refreshTokens.tokenHash)),
    eq(refreshTokens.applicationId, bound('applicationId', refreshTokens.applicationId)),
    eq(refreshTokens.issuer, bound('issuer', refreshTokens.issuer)),
  )
  const find = db.statement('refresh_token_find', (on) =>
    on
      .select({ token: refreshTokens, ...grantFields(db) })
      .from(refreshTokens)
      .innerJoin(grants, eq(grants.id, refreshTokens.grantId))
      .innerJoin(users, eq(users.id, grants.userId))
      .innerJoin(organizations, eq(organizations.id, users.organizationId))
      .where(ofClient),
  )
  const findNamed = db.statement('refresh_token_named', (on) =>
    on
      .select({ token: refreshTokens, username: username.value, email: email.value, ...grantFields(db) })
      .from(refreshTokens)
      .innerJoin(grants, eq(grants.id, refreshTokens.grantId))
      .innerJoin(users, eq(users.id, grants.userId))
      .innerJoin(organizations, eq(organizations.id, users.organizationId))
      .leftJoin(username, and(eq(username.userId, users.id), eq(username.kind, 'username')))
      .leftJoin(email, and(eq(email.userId, users.id), eq(email.kind, 'email')))
      .where(ofClient),
  )
  const consume = db.statement('refresh_token_consume', (on) =>
    on
      .update(refreshTokens)
      .set({ consumedAt: given('now') })
      .where(
        and(
          ofClient,
          isNull(refreshTokens.consumedAt),
          gt(refreshTokens.expiresAt, bound('now', refreshTokens.expiresAt)),
        ),
      )
      .returning({ tokenHash: refreshTokens.tokenHash }),
  )

  return {
    async create(tx: Executor, row: Omit<RefreshToken, 'consumedAt'>) {
      await insert(row, tx)
    },
    /** The token with its grant, in one read; used and expired ones too. */
    async find(tx: Executor | undefined, key: Key): Promise<{ token: RefreshToken; grant: LiveGrant } | null> {
      const [row] = await find(key, tx)
      return row ? { token: row.token, grant: liveGrant(row) } : null
    },
    /** The same, with what its person is called at sign-in; null for who has no such name. */
    async findNamed(key: Key): Promise<{ token: RefreshToken; grant: LiveGrant; loginName: string | null } | null> {
      const [row] = await findNamed(key)
      return row ? { token: row.token, grant: liveGrant(row), loginName: row.username ?? row.email } : null
    },
    /** Exactly one caller rotates a token. */
    async consume(tx: Executor, key: Key & { now: number }): Promise<boolean> {
      return (await consume(key, tx)).length === 1
    },
    /** Used tokens are remembered to their absolute end, so that reuse is noticed after a restart and a restore too. */
    deleteExpiredBefore(tx: Executor, before: number, most: number): Promise<number> {
      return deleteBatch(tx, refreshTokens.tokenHash, lt(refreshTokens.absoluteExpiresAt, before), most)
    },
  }
}

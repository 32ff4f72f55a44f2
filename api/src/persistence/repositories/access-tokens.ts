import { and, eq, gt, isNull, lt } from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import type { ClaimSource, ClaimsRequest } from '../../domain/claims.ts'
import type { ApplicationId, GrantId, UserId } from '../../domain/ids.ts'
import type { Database, Executor } from '../database.ts'
import { bound, given } from '../placeholder.ts'
import { claimSourceOf } from './claim-source.ts'
import { deleteBatch } from './delete-batch.ts'

/** An access token that is valid at this moment, with whose it is and what may be said about them. */
export type ValidAccessToken = {
  scopes: string[]
  /** The thumbprint of the key it is bound to. */
  dpopJkt: string | null
  grantId: GrantId
  userId: UserId
  applicationId: ApplicationId
  issuer: string
  subject: string
  claims: ClaimsRequest | null
  source: ClaimSource
}

export function accessTokenRepository(db: Database) {
  const { accessTokens, grants, users, organizations, applications, identifiers } = db.tables
  const email = alias(identifiers, 'email')
  const phone = alias(identifiers, 'phone')
  const username = alias(identifiers, 'username')

  const insert = db.statement('access_token_insert', (on) =>
    on.insert(accessTokens).values({
      tokenHash: given('tokenHash'),
      grantId: given('grantId'),
      scopes: given('scopes'),
      dpopJkt: given('dpopJkt'),
      expiresAt: given('expiresAt'),
    }),
  )
  const active = 'active' as const
  // one joined read from the hash to the claims, and the token counts only while everything it hangs on is alive
  const findValid = db.statement('access_token_valid', (on) =>
    on
      .select({
        scopes: accessTokens.scopes,
        dpopJkt: accessTokens.dpopJkt,
        grantId: accessTokens.grantId,
        userId: users.id,
        applicationId: grants.applicationId,
        issuer: grants.issuer,
        subject: users.subject,
        claims: grants.claims,
        displayName: users.displayName,
        profile: users.profile,
        updatedAt: users.updatedAt,
        username: username.value,
        email: email.value,
        emailVerifiedAt: email.verifiedAt,
        phone: phone.value,
        phoneVerifiedAt: phone.verifiedAt,
      })
      .from(accessTokens)
      .innerJoin(grants, eq(grants.id, accessTokens.grantId))
      .innerJoin(users, eq(users.id, grants.userId))
      .innerJoin(organizations, eq(organizations.id, users.organizationId))
      .innerJoin(applications, eq(applications.id, grants.applicationId))
      .leftJoin(username, and(eq(username.userId, users.id), eq(username.kind, 'username')))
      .leftJoin(email, and(eq(email.userId, users.id), eq(email.kind, 'email')))
      .leftJoin(phone, and(eq(phone.userId, users.id), eq(phone.kind, 'phone')))
      .where(
        and(
          eq(accessTokens.tokenHash, bound('tokenHash', accessTokens.tokenHash)),
          gt(accessTokens.expiresAt, bound('now', accessTokens.expiresAt)),
          isNull(grants.revokedAt),
          eq(users.state, active),
          eq(organizations.state, active),
          eq(applications.state, active),
        ),
      ),
  )

  return {
    async create(tx: Executor, row: typeof accessTokens.$inferSelect) {
      await insert(row, tx)
    },
    async findValid(tokenHash: string, now: number, tx?: Executor): Promise<ValidAccessToken | null> {
      const [row] = await findValid({ tokenHash, now }, tx)
      return row ? { ...row, source: claimSourceOf(row) } : null
    },
    deleteExpiredBefore(tx: Executor, before: number, most: number): Promise<number> {
      return deleteBatch(tx, accessTokens.tokenHash, lt(accessTokens.expiresAt, before), most)
    },
  }
}

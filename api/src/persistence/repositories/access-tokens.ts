import { and, eq, exists, gt, isNull, lt, or } from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import type { ClaimSource, ClaimsRequest } from '../../domain/claims.ts'
import type { ApplicationId, GrantId, UserId } from '../../domain/ids.ts'
import type { Home, OwnProject } from '../../domain/reserved-claims.ts'
import type { Database, Executor } from '../database.ts'
import { bound, given } from '../placeholder.ts'
import { claimSourceOf, type SourceRow } from './claim-source.ts'
import { deleteBatch } from './delete-batch.ts'

/** An access token that is valid at this moment, with whose it is and what may be said about them. */
export type ValidAccessToken = {
  scopes: string[]
  /** The thumbprint of the key it is bound to. */
  dpopJkt: string | null
  grantId: GrantId
  applicationId: ApplicationId
  clientId: string
  issuer: string
  /** Whom it is for (RFC 8707). */
  audience: string[]
  issuedAt: number | null
  expiresAt: number
  claims: ClaimsRequest | null
  /** `sub`: a person's or a service user's, or the client id of an application that acts for itself. */
  subject: string
  user: { id: UserId; source: ClaimSource; home: Home } | null
  /** Of the application that it was issued to. */
  project: OwnProject
}

export function accessTokenRepository(db: Database) {
  const { accessTokens, grants, users, organizations, applications, identifiers, projects } = db.tables
  const home = alias(organizations, 'home')
  const email = alias(identifiers, 'email')
  const phone = alias(identifiers, 'phone')
  const username = alias(identifiers, 'username')

  const insert = db.statement('access_token_insert', (on) =>
    on.insert(accessTokens).values({
      tokenHash: given('tokenHash'),
      grantId: given('grantId'),
      scopes: given('scopes'),
      dpopJkt: given('dpopJkt'),
      audience: given('audience'),
      issuedAt: given('issuedAt'),
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
        audience: accessTokens.audience,
        issuedAt: accessTokens.issuedAt,
        expiresAt: accessTokens.expiresAt,
        grantId: accessTokens.grantId,
        userId: users.id,
        applicationId: grants.applicationId,
        clientId: applications.clientId,
        projectId: projects.id,
        assertsRoles: projects.assertsRoles,
        homeId: home.id,
        homeName: home.name,
        homeDomain: home.primaryDomain,
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
      .innerJoin(applications, eq(applications.id, grants.applicationId))
      .innerJoin(organizations, eq(organizations.id, applications.organizationId))
      .leftJoin(projects, eq(projects.id, applications.projectId))
      .leftJoin(users, eq(users.id, grants.userId))
      .leftJoin(home, eq(home.id, users.organizationId))
      .leftJoin(username, and(eq(username.userId, users.id), eq(username.kind, 'username')))
      .leftJoin(email, and(eq(email.userId, users.id), eq(email.kind, 'email')))
      .leftJoin(phone, and(eq(phone.userId, users.id), eq(phone.kind, 'phone')))
      .where(
        and(
          eq(accessTokens.tokenHash, bound('tokenHash', accessTokens.tokenHash)),
          gt(accessTokens.expiresAt, bound('now', accessTokens.expiresAt)),
          isNull(grants.revokedAt),
          eq(organizations.state, active),
          eq(applications.state, active),
          or(isNull(grants.userId), and(eq(users.state, active), eq(home.state, active))),
        ),
      ),
  )
  const live = db.statement('access_token_live', (on) =>
    on
      .select({ grantId: accessTokens.grantId })
      .from(accessTokens)
      .innerJoin(grants, eq(grants.id, accessTokens.grantId))
      .where(and(eq(accessTokens.tokenHash, bound('tokenHash', accessTokens.tokenHash)), isNull(grants.revokedAt))),
  )
  const revoke = db.statement('access_token_revoke', (on) => {
    const ofApplication = eq(grants.applicationId, bound('applicationId', grants.applicationId))
    const own = on
      .select({ id: grants.id })
      .from(grants)
      .where(and(eq(grants.id, accessTokens.grantId), ofApplication, eq(grants.issuer, bound('issuer', grants.issuer))))
    const one = eq(accessTokens.tokenHash, bound('tokenHash', accessTokens.tokenHash))
    return on.delete(accessTokens).where(and(one, exists(own)))
  })

  return {
    async create(tx: Executor, row: typeof accessTokens.$inferSelect) {
      await insert(row, tx)
    },
    async findValid(tokenHash: string, now: number, tx?: Executor): Promise<ValidAccessToken | null> {
      const [row] = await findValid({ tokenHash, now }, tx)
      if (!row) return null
      const { userId, subject, clientId, projectId, assertsRoles, homeId, homeName, homeDomain } = row
      const project = projectId === null ? null : { id: projectId, assertsRoles: assertsRoles === true }
      const audience = row.audience ?? [clientId, ...(project ? [project.id] : [])]
      const whose = { ...row, project, audience, subject: subject ?? clientId }
      if (userId === null || homeId === null) return { ...whose, user: null }
      const home = { id: homeId, name: homeName ?? '', primaryDomain: homeDomain ?? '' }
      return { ...whose, user: { id: userId, source: claimSourceOf(row as SourceRow), home } }
    },
    /** Whether its grant was not revoked. Whose it is, and when it ends, is somebody else's question. */
    async isLive(tokenHash: string, tx?: Executor): Promise<boolean> {
      return (await live({ tokenHash }, tx)).length === 1
    },
    /** Ends this one token, if it was issued to this application under this issuer. */
    async revoke(tx: Executor, key: { tokenHash: string; applicationId: ApplicationId; issuer: string }) {
      await revoke(key, tx)
    },
    deleteExpiredBefore(tx: Executor, before: number, most: number): Promise<number> {
      return deleteBatch(tx, accessTokens.tokenHash, lt(accessTokens.expiresAt, before), most)
    },
  }
}

import type { ClaimsRequest } from '../../domain/claims.ts'
import type { ApplicationId, GrantId, SessionId, UserId } from '../../domain/ids.ts'
import type { SchemaDialect } from '../dialect.sqlite.ts'
import type { AccountTables } from './accounts.ts'
import type { OrganizationTables } from './organizations.ts'

/** What was granted to an application, and the codes and tokens that hang on it. Only SHA-256 hashes are stored. */
export function tokenTables(d: SchemaDialect, { applications, users }: OrganizationTables & AccountTables) {
  const grants = d.table(
    'grants',
    {
      id: d.string('id').$type<GrantId>().primaryKey(),
      applicationId: d
        .string('application_id')
        .$type<ApplicationId>()
        .notNull()
        .references(() => applications.id, { onDelete: 'cascade' }),
      /** Null for what an application has for itself. */
      userId: d
        .string('user_id')
        .$type<UserId>()
        .references(() => users.id, { onDelete: 'cascade' }),
      /** `sid` on the wire; null for machines. No foreign key: a grant with offline access outlives the session. */
      sessionId: d.string('session_id').$type<SessionId>(),
      /** The key or personal token of a service user that it was had with, and ends with. */
      machineCredential: d.string('machine_credential'),
      issuer: d.string('issuer').notNull(),
      scopes: d.sharedJson<string[]>()('scopes').notNull(),
      claims: d.json<ClaimsRequest | null>()('claims'),
      /** The API that its access tokens are for (RFC 8707); null for the application's own use. */
      resource: d.string('resource'),
      /** Granted `offline_access`: lives on after the sign-out. */
      offline: d.flag('offline').notNull(),
      authTime: d.instant('auth_time').notNull(),
      /** Empty for a machine: nobody signed in. */
      acr: d.string('acr').notNull(),
      amr: d.sharedJson<string[]>()('amr').notNull(),
      createdAt: d.instant('created_at').notNull(),
      /** The latest moment anything hanging on it can still be valid: what the clean-up goes by. */
      expiresAt: d.instant('expires_at').notNull(),
      revokedAt: d.instant('revoked_at'),
    },
    (t) => [
      d.index('grants_session_idx').on(t.sessionId),
      d.index('grants_user_idx').on(t.userId),
      d.index('grants_expires_idx').on(t.expiresAt),
    ],
  )

  // no foreign key: a token counts only in a join with its grant, and goes by its own expiry, which is never later
  const grantReference = () => d.string('grant_id').$type<GrantId>().notNull()

  /** The thumbprint of the key that only its holder can use it with (RFC 9449); null: whoever bears it. */
  const dpopKey = () => d.string('dpop_jkt')

  const authorizationCodes = d.table(
    'authorization_codes',
    {
      codeHash: d.string('code_hash').primaryKey(),
      grantId: grantReference(),
      applicationId: d.string('application_id').$type<ApplicationId>().notNull(),
      issuer: d.string('issuer').notNull(),
      redirectUri: d.string('redirect_uri').notNull(),
      codeChallenge: d.string('code_challenge'),
      nonce: d.string('nonce'),
      dpopJkt: dpopKey(),
      expiresAt: d.instant('expires_at').notNull(),
      consumedAt: d.instant('consumed_at'),
    },
    (t) => [d.index('authorization_codes_expires_idx').on(t.expiresAt)],
  )

  const accessTokens = d.table(
    'access_tokens',
    {
      tokenHash: d.string('token_hash').primaryKey(),
      grantId: grantReference(),
      scopes: d.sharedJson<string[]>()('scopes').notNull(),
      dpopJkt: dpopKey(),
      /** Whom it is for; null for the application and nobody else. */
      audience: d.sharedJson<string[]>()('audience'),
      /** Null for those of before it was kept. */
      issuedAt: d.instant('issued_at'),
      expiresAt: d.instant('expires_at').notNull(),
    },
    (t) => [d.index('access_tokens_expires_idx').on(t.expiresAt)],
  )

  const refreshTokens = d.table(
    'refresh_tokens',
    {
      tokenHash: d.string('token_hash').primaryKey(),
      grantId: grantReference(),
      applicationId: d.string('application_id').$type<ApplicationId>().notNull(),
      issuer: d.string('issuer').notNull(),
      /** Idle end; it never passes the absolute one. */
      expiresAt: d.instant('expires_at').notNull(),
      absoluteExpiresAt: d.instant('absolute_expires_at').notNull(),
      dpopJkt: dpopKey(),
      /** Null for those of before it was kept. */
      issuedAt: d.instant('issued_at'),
      consumedAt: d.instant('consumed_at'),
    },
    (t) => [d.index('refresh_tokens_absolute_idx').on(t.absoluteExpiresAt)],
  )

  return { grants, authorizationCodes, accessTokens, refreshTokens }
}

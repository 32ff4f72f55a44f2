import type { Assurance } from '../../domain/auth-request.ts'
import type { ApplicationId, GrantId, OrganizationId } from '../../domain/ids.ts'
import type { SchemaDialect } from '../dialect.sqlite.ts'
import type { OrganizationTables } from './organizations.ts'

/** Devices without a browser that wait for somebody to let them in (RFC 8628). */
export function deviceAuthorizationTables(d: SchemaDialect, { applications }: OrganizationTables) {
  const deviceAuthorizations = d.table(
    'device_authorizations',
    {
      /** SHA-256 of what the device holds. */
      codeHash: d.string('code_hash').primaryKey(),
      /** What somebody types, keyed with the master key: it could be guessed from a plain hash. */
      userCode: d.string('user_code').notNull(),
      applicationId: d
        .string('application_id')
        .$type<ApplicationId>()
        .notNull()
        .references(() => applications.id, { onDelete: 'cascade' }),
      issuer: d.string('issuer').notNull(),
      scopes: d.sharedJson<string[]>()('scopes').notNull(),
      resource: d.string('resource'),
      organizationId: d.string('organization_id').$type<OrganizationId>(),
      requiredAssurance: d.string('required_assurance').$type<Assurance>(),
      /** Seconds. */
      maxAge: d.count('max_age'),
      state: d.oneOf('state', ['pending', 'approved', 'refused']).notNull().default('pending'),
      /** What was granted, once somebody agreed. */
      grantId: d.string('grant_id').$type<GrantId>(),
      /** Seconds between two questions of the device. */
      interval: d.count('interval').notNull(),
      lastPolledAt: d.instant('last_polled_at').notNull(),
      /** Whether the last question came too early. */
      tooEarly: d.flag('too_early').notNull().default(false),
      createdAt: d.instant('created_at').notNull(),
      expiresAt: d.instant('expires_at').notNull(),
      /** Tokens were issued for it. */
      consumedAt: d.instant('consumed_at'),
    },
    (t) => [
      d.uniqueIndex('device_authorizations_user_code_idx').on(t.userCode),
      d.index('device_authorizations_expires_idx').on(t.expiresAt),
      d.index('device_authorizations_application_idx').on(t.applicationId),
    ],
  )
  return { deviceAuthorizations }
}

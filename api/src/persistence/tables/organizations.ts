import type { PolicyKind } from '@vestibule/shared/policies.ts'
import { sql } from 'drizzle-orm'
import type { ApplicationSettings, ApplicationType, GrantType } from '../../domain/application.ts'
import type { ApplicationId, OrganizationId, ProjectId, UserId } from '../../domain/ids.ts'
import type { SchemaDialect } from '../dialect.sqlite.ts'

/** Organizations with their domains, policies and applications. */
export function organizationTables(d: SchemaDialect) {
  const organizations = d.table(
    'organizations',
    {
      id: d.string('id').$type<OrganizationId>().primaryKey(),
      name: d.string('name').notNull(),
      primaryDomain: d.string('primary_domain').notNull().unique(),
      /** The host name at which its people sign in, beside the public one; null for none. */
      loginDomain: d.string('login_domain').unique(),
      state: d.oneOf('state', ['active', 'deactivated']).notNull().default('active'),
      /** The one that answers where a request names none. */
      isDefault: d.flag('is_default').notNull().default(false),
      createdAt: d.instant('created_at').notNull(),
    },
    (t) => [d.index('organizations_default_idx').on(t.isDefault)],
  )

  const organizationReference = (name: 'organization_id') =>
    d
      .string(name)
      .$type<OrganizationId>()
      .notNull()
      .references(() => organizations.id, { onDelete: 'cascade' })

  /** Verified domains: an address under one of them belongs to the organization. */
  const organizationDomains = d.table(
    'organization_domains',
    {
      domain: d.string('domain').primaryKey(),
      organizationId: organizationReference('organization_id'),
      verifiedAt: d.instant('verified_at').notNull(),
    },
    (t) => [d.index('organization_domains_organization_idx').on(t.organizationId)],
  )

  /** A policy is owned whole or inherited; `owner` is an organization's id or `instance`. */
  const policies = d.table(
    'policies',
    {
      owner: d.string('owner').notNull(),
      kind: d.string('kind').$type<PolicyKind>().notNull(),
      value: d.sharedJson<unknown>()('value').notNull(),
      updatedAt: d.instant('updated_at').notNull(),
    },
    (t) => [d.primaryKey({ columns: [t.owner, t.kind] })],
  )

  const applications = d.table(
    'applications',
    {
      id: d.string('id').$type<ApplicationId>().primaryKey(),
      organizationId: organizationReference('organization_id'),
      name: d.string('name').notNull(),
      type: d.string('type').$type<ApplicationType>().notNull(),
      clientId: d.string('client_id').notNull().unique(),
      /** SHA-256 of each valid secret, base64url. Two at most, so that they can be rotated. */
      secretHashes: d.sharedJson<string[]>()('secret_hashes').notNull(),
      redirectUris: d.sharedJson<string[]>()('redirect_uris').notNull(),
      postLogoutRedirectUris: d.sharedJson<string[]>()('post_logout_redirect_uris').notNull(),
      grantTypes: d.sharedJson<GrantType[]>()('grant_types').notNull(),
      settings: d.sharedJson<ApplicationSettings>()('settings').notNull(),
      state: d.oneOf('state', ['active', 'deactivated']).notNull().default('active'),
      /** The service user that this is the client of; null for an application. No reference: users are defined on these. */
      serviceUserId: d.string('service_user_id').$type<UserId>(),
      /** No reference: projects are defined on users. */
      projectId: d.string('project_id').$type<ProjectId>(),
      createdAt: d.instant('created_at').notNull(),
    },
    (t) => [
      d.index('applications_organization_idx').on(t.organizationId, t.id),
      d.uniqueIndex('applications_service_idx').on(t.serviceUserId).where(sql`service_user_id is not null`),
    ],
  )

  return { organizations, organizationDomains, policies, applications }
}

export type OrganizationTables = ReturnType<typeof organizationTables>

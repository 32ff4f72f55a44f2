import type { LoginPolicy } from '@vestibule/shared/policy.ts'
import { and, eq, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import type { OrganizationId } from '../../domain/ids.ts'
import type { Database, Executor } from '../database.ts'
import { bound } from '../placeholder.ts'
import { policyOf } from './login-policy.ts'

/** The organization that was asked for, the domain of the name, and the organization whose address this is. */
type Place = { asked: OrganizationId | null; domain: string | null; home: OrganizationId | null }
type Found = { organizationId: OrganizationId; policy: LoginPolicy }

/**
 * Where a name belongs that nobody has: to the organization asked for, or else to that of its domain, of the address, or the default one;
 * with the policy that counts there. Null before there is any organization. It stands in for what is read of a person, so it is one
 * statement as well, and nothing of it is remembered.
 */
export function organizationOfNobody(db: Database): (place: Place, tx?: Executor) => Promise<Found | null> {
  const { organizations, organizationDomains, policies } = db.tables
  const instancePolicy = alias(policies, 'instance_policy')
  const owner = alias(organizations, 'owner')
  const ofDomain = db.query
    .select({ id: owner.id })
    .from(organizationDomains)
    .innerJoin(owner, eq(owner.id, organizationDomains.organizationId))
    .where(and(eq(organizationDomains.domain, bound('domain', organizationDomains.domain)), eq(owner.state, 'active')))
  const fallback = db.query.select({ id: owner.id }).from(owner).where(eq(owner.isDefault, true)).limit(1)
  const ofNobody = db.statement('organization_of_nobody', (on) =>
    on
      .select({ id: organizations.id, ownPolicy: policies.value, instancePolicy: instancePolicy.value })
      .from(organizations)
      .leftJoin(policies, and(eq(policies.owner, organizations.id), eq(policies.kind, 'login')))
      .leftJoin(instancePolicy, and(eq(instancePolicy.owner, 'instance'), eq(instancePolicy.kind, 'login')))
      .where(
        eq(
          organizations.id,
          sql`coalesce(${bound('asked', organizations.id)}, (${ofDomain}), ${bound('home', organizations.id)}, (${fallback}))`,
        ),
      ),
  )

  return async (place, tx) => {
    const [row] = await ofNobody(place, tx)
    return row ? { organizationId: row.id, policy: policyOf(row.ownPolicy ?? row.instancePolicy) } : null
  }
}

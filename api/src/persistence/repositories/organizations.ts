import { DEFAULT_LOOK, type Look } from '@vestibule/shared/branding.ts'
import type { LinksPolicy, LoginPolicy } from '@vestibule/shared/policy.ts'
import { and, asc, eq, gt, inArray, isNotNull, isNull } from 'drizzle-orm'
import type { OrganizationId, UserId } from '../../domain/ids.ts'
import { OPENING_LINKS } from '../../domain/one-time-link.ts'
import type { Database, Executor } from '../database.ts'
import { inChunks } from '../in-chunks.ts'
import { bound } from '../placeholder.ts'
import { policyOf } from './login-policy.ts'
import { organizationOfNobody } from './organization-of-nobody.ts'

export type Organization = Database['tables']['organizations']['$inferSelect']
type NewOrganization = Omit<Organization, 'state' | 'loginDomain'> & Partial<Pick<Organization, 'loginDomain'>>
type WantedOrganizations = {
  state: Organization['state'] | null
  primaryDomain: string | null
  after: OrganizationId | null
  most: number
}
export type OrganizationLook = { organization: Organization; look: Look; links: LinksPolicy }

export function organizationRepository(db: Database) {
  const { organizations, organizationDomains, policies, users, sessions, grants, oneTimeLinks } = db.tables

  const byId = db.kept(
    'organization_by_id',
    (on) =>
      on
        .select()
        .from(organizations)
        .where(eq(organizations.id, bound('id', organizations.id))),
    ([row]) => row ?? null,
  )
  const byDomain = db.statement('organization_by_domain', (on) =>
    on
      .select({ id: organizations.id })
      .from(organizationDomains)
      .innerJoin(organizations, eq(organizations.id, organizationDomains.organizationId))
      .where(
        and(
          eq(organizationDomains.domain, bound('domain', organizationDomains.domain)),
          eq(organizations.state, 'active'),
        ),
      ),
  )
  const byLoginDomain = db.statement('organization_by_login_domain', (on) =>
    on
      .select({ id: organizations.id })
      .from(organizations)
      .where(
        and(
          eq(organizations.loginDomain, bound('loginDomain', organizations.loginDomain)),
          eq(organizations.state, 'active'),
        ),
      ),
  )
  const policiesOf = db.statement('policies_of', (on) =>
    on
      .select({ owner: policies.owner, kind: policies.kind, value: policies.value })
      .from(policies)
      .where(eq(policies.owner, bound('owner', policies.owner))),
  )
  const defaultOne = db.kept(
    'organization_default',
    (on) => on.select().from(organizations).where(eq(organizations.isDefault, true)).limit(1),
    ([row]) => row ?? null,
  )

  /** Own policy, or the instance's, or nothing. */
  async function policyValue(
    kind: 'login' | 'branding' | 'links',
    id: OrganizationId,
    tx?: Executor,
  ): Promise<unknown> {
    const own = (await policiesOf({ owner: id }, tx)).find((policy) => policy.kind === kind)
    if (own) return own.value
    return (await policiesOf({ owner: 'instance' }, tx)).find((policy) => policy.kind === kind)?.value
  }

  return {
    find: (id: OrganizationId, tx?: Executor): Promise<Organization | null> => byId({ id }, tx),
    findDefault: (tx?: Executor): Promise<Organization | null> => defaultOne({}, tx),
    async findActiveByPrimaryDomain(primaryDomain: string, tx?: Executor): Promise<Organization | null> {
      const [row] = await (tx ?? db.query)
        .select()
        .from(organizations)
        .where(and(eq(organizations.primaryDomain, primaryDomain), eq(organizations.state, 'active')))
      return row ?? null
    },
    async create(tx: Executor, row: NewOrganization) {
      await tx.insert(organizations).values(row)
      await this.addDomain(tx, row.id, row.primaryDomain, row.createdAt)
    },
    /** By name, at most so many. */
    async listActive(most: number): Promise<Organization[]> {
      return db.query
        .select()
        .from(organizations)
        .where(eq(organizations.state, 'active'))
        .orderBy(asc(organizations.name), asc(organizations.id))
        .limit(most)
    },
    /** In the order of their ids and in any state, those behind `after` when there is one. */
    async list(tx: Executor, { state, primaryDomain, after, most }: WantedOrganizations): Promise<Organization[]> {
      const wanted = and(
        state === null ? undefined : eq(organizations.state, state),
        primaryDomain === null ? undefined : eq(organizations.primaryDomain, primaryDomain),
        after === null ? undefined : gt(organizations.id, after),
      )
      return tx.select().from(organizations).where(wanted).orderBy(asc(organizations.id)).limit(most)
    },
    async listById(tx: Executor, ids: Iterable<OrganizationId>): Promise<Organization[]> {
      return inChunks(ids, (some) => tx.select().from(organizations).where(inArray(organizations.id, some)))
    },
    /** Those with these primary domains, in any state. */
    async listByPrimaryDomain(tx: Executor, domains: Iterable<string>): Promise<Organization[]> {
      return inChunks(domains, (some) =>
        tx.select().from(organizations).where(inArray(organizations.primaryDomain, some)),
      )
    },
    /** Those that are signed in to at these host names, in any state. */
    async listByLoginDomain(tx: Executor, domains: Iterable<string>): Promise<Organization[]> {
      return inChunks(domains, (some) =>
        tx.select().from(organizations).where(inArray(organizations.loginDomain, some)),
      )
    },
    /** The host names of those that are active, at most so many, in the order of the alphabet. */
    async listLoginDomains(most: number): Promise<string[]> {
      const rows = await db.query
        .select({ domain: organizations.loginDomain })
        .from(organizations)
        .where(and(isNotNull(organizations.loginDomain), eq(organizations.state, 'active')))
        .orderBy(asc(organizations.loginDomain))
        .limit(most)
      return rows.flatMap(({ domain }) => domain ?? [])
    },
    /** Who owns these domains. */
    async listDomains(
      tx: Executor,
      domains: Iterable<string>,
    ): Promise<{ domain: string; organizationId: OrganizationId }[]> {
      return inChunks(domains, (some) =>
        tx.select().from(organizationDomains).where(inArray(organizationDomains.domain, some)),
      )
    },
    async change(
      tx: Executor,
      id: OrganizationId,
      values: Partial<Pick<Organization, 'name' | 'state' | 'loginDomain'>>,
    ) {
      await tx.update(organizations).set(values).where(eq(organizations.id, id))
    },
    /** The one that answers where a request names none, in place of the one before. */
    async makeDefault(tx: Executor, id: OrganizationId) {
      await tx.update(organizations).set({ isDefault: false }).where(eq(organizations.isDefault, true))
      await tx.update(organizations).set({ isDefault: true }).where(eq(organizations.id, id))
    },
    /** Its users with a session, a grant or an opening link that was not ended. */
    async listUsersWithAccess(tx: Executor, id: OrganizationId): Promise<UserId[]> {
      const ofOrganization = eq(users.organizationId, id)
      const signedIn = await tx
        .select({ id: users.id })
        .from(users)
        .innerJoin(sessions, eq(sessions.userId, users.id))
        .where(and(ofOrganization, isNull(sessions.endedAt)))
      const granted = await tx
        .select({ id: users.id })
        .from(users)
        .innerJoin(grants, eq(grants.userId, users.id))
        .where(and(ofOrganization, isNull(grants.revokedAt)))
      const linked = await tx
        .select({ id: users.id })
        .from(users)
        .innerJoin(oneTimeLinks, eq(oneTimeLinks.userId, users.id))
        .where(and(ofOrganization, inArray(oneTimeLinks.purpose, [...OPENING_LINKS]), isNull(oneTimeLinks.consumedAt)))
      return [...new Set([...signedIn, ...granted, ...linked].map((row) => row.id))]
    },
    /** False when another organization owns it. */
    async addDomain(
      tx: Executor,
      organizationId: OrganizationId,
      domain: string,
      verifiedAt: number,
    ): Promise<boolean> {
      await tx.insert(organizationDomains).values({ domain, organizationId, verifiedAt }).onConflictDoNothing()
      const [owner] = await tx.select().from(organizationDomains).where(eq(organizationDomains.domain, domain))
      return owner?.organizationId === organizationId
    },
    /** The active organization that owns this domain. */
    async findIdByDomain(domain: string, tx?: Executor): Promise<OrganizationId | null> {
      return (await byDomain({ domain }, tx))[0]?.id ?? null
    },
    /** The active organization that is signed in to at this host name. */
    async findIdByLoginDomain(loginDomain: string): Promise<OrganizationId | null> {
      return (await byLoginDomain({ loginDomain }))[0]?.id ?? null
    },
    findOfNobody: organizationOfNobody(db),
    async loginPolicy(id: OrganizationId, tx?: Executor): Promise<LoginPolicy> {
      return policyOf(await policyValue('login', id, tx))
    },
    /** What its pages wear, in two reads. */
    async findLook(id: OrganizationId, tx?: Executor): Promise<OrganizationLook | null> {
      const organization = await this.find(id, tx)
      if (!organization) return null
      const own = await policiesOf({ owner: id }, tx)
      const inherited = await policiesOf({ owner: 'instance' }, tx)
      const value = (kind: 'branding' | 'links') =>
        (own.find((policy) => policy.kind === kind) ?? inherited.find((policy) => policy.kind === kind))?.value
      return {
        organization,
        look: { ...DEFAULT_LOOK, ...(value('branding') as Partial<Look> | undefined) },
        links: (value('links') as LinksPolicy | undefined) ?? {},
      }
    },
  }
}

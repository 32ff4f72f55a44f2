import { and, eq, inArray, isNotNull, isNull, or } from 'drizzle-orm'
import type { Application } from '../../domain/application.ts'
import { DEFAULT_APPLICATION_SETTINGS } from '../../domain/application.ts'
import type { ApplicationId, OrganizationId } from '../../domain/ids.ts'
import { settingsInForce } from '../../domain/security-profile.ts'
import { lifetimesInForce, type TokenLifetimes } from '../../domain/token-lifetimes.ts'
import type { Database, Executor } from '../database.ts'
import { inChunks } from '../in-chunks.ts'
import { withDefaults } from '../parse-once.ts'
import { bound } from '../placeholder.ts'
import { tokenPolicies } from './token-policies.ts'

/** An application by the settings in force. */
export type NamedApplication = Application & { organizationName: string }
/** The same, with how long what it is issued lives, and whose subject it acts as: a service user's. */
export type KnownApplication = NamedApplication & { serviceSubject: string | null; lifetimes: TokenLifetimes }
/** An application as its row has it, in any state. */
export type StoredApplication = Application & { state: 'active' | 'deactivated' }

export function applicationRepository(db: Database) {
  const { applications, organizations, users } = db.tables
  const tokens = tokenPolicies(db)
  const fields = {
    application: applications,
    organizationName: organizations.name,
    serviceSubject: users.subject,
    ...tokens.fields,
  }

  // of an active organization, and active itself, with its service user: nobody else is a client (I8)
  const active = and(
    eq(applications.state, 'active'),
    eq(organizations.state, 'active'),
    or(isNull(applications.serviceUserId), eq(users.state, 'active')),
  )
  const select = (on: Executor) =>
    on
      .select(fields)
      .from(applications)
      .innerJoin(organizations, eq(organizations.id, applications.organizationId))
      .leftJoin(users, eq(users.id, applications.serviceUserId))
      .leftJoin(tokens.own, tokens.isOwn)
      .leftJoin(tokens.instance, tokens.isInstances)
  const theOne = ([row]: ApplicationRow[]) => knownApplication(row)
  const byClientId = db.kept(
    'application_by_client_id',
    (on) => select(on).where(and(eq(applications.clientId, bound('clientId', applications.clientId)), active)),
    theOne,
  )
  const byId = db.kept(
    'application_by_id',
    (on) => select(on).where(and(eq(applications.id, bound('id', applications.id)), active)),
    theOne,
  )
  const apis = db.kept(
    'apis_of_organization',
    (on) =>
      select(on).where(
        and(
          eq(applications.organizationId, bound('organizationId', applications.organizationId)),
          eq(applications.type, 'api'),
          active,
        ),
      ),
    (rows) => rows.map((row) => knownApplication(row)!),
  )

  const ofService = db.kept(
    'application_of_service',
    (on) =>
      on
        .select(fields)
        .from(users)
        .innerJoin(applications, eq(applications.serviceUserId, users.id))
        .innerJoin(organizations, eq(organizations.id, applications.organizationId))
        .leftJoin(tokens.own, tokens.isOwn)
        .leftJoin(tokens.instance, tokens.isInstances)
        .where(and(eq(users.subject, bound('subject', users.subject)), active)),
    theOne,
  )

  return {
    /** The client of the service user with this subject. */
    findActiveOfService: (subject: string, tx?: Executor) => ofService({ subject }, tx),
    findActiveByClientId: (clientId: string, tx?: Executor) => byClientId({ clientId }, tx),
    findActive: (id: ApplicationId, tx?: Executor) => byId({ id }, tx),
    /** Those of these that there are, in any state. */
    async listKnown(ids: readonly ApplicationId[], tx?: Executor): Promise<KnownApplication[]> {
      const rows = await inChunks(ids, (some) => select(tx ?? db.query).where(inArray(applications.id, some)))
      return rows.map((row) => knownApplication(row)!)
    },
    /** Every origin that some application registered, for CORS. */
    async listActive(): Promise<Application[]> {
      const rows = await select(db.query).where(active)
      return rows.map((row) => knownApplication(row)!)
    },
    /** The APIs of an organization, for tokens that are meant for one. */
    listApis: (organizationId: OrganizationId): Promise<readonly Application[]> => apis({ organizationId }),
    async listByClientId(tx: Executor, clientIds: Iterable<string>): Promise<StoredApplication[]> {
      const rows = await inChunks(clientIds, (some) =>
        tx.select().from(applications).where(inArray(applications.clientId, some)),
      )
      return rows.map(complete)
    },
    /** What they are called, switched off ones included. */
    async listNames(ids: readonly ApplicationId[]): Promise<Map<ApplicationId, string>> {
      if (ids.length === 0) return new Map()
      const named = { id: applications.id, name: applications.name }
      const rows = await db.query
        .select(named)
        .from(applications)
        .where(inArray(applications.id, [...ids]))
      return new Map(rows.map(({ id, name }) => [id, name]))
    },
    async create(tx: Executor, row: StoredApplication & { createdAt: number }) {
      await tx.insert(applications).values(writable(row))
    },
    /** The client of a service user, as far as it can be changed. */
    async changeService(
      tx: Executor,
      clientId: string,
      { settings, ...values }: { name: string; secretHashes: string[]; settings: Partial<Application['settings']> },
    ) {
      const whole = { ...DEFAULT_APPLICATION_SETTINGS, ...settings }
      await tx
        .update(applications)
        .set({ ...values, settings: whole })
        .where(and(eq(applications.clientId, clientId), isNotNull(applications.serviceUserId)))
    },
    async setSecrets(tx: Executor, id: ApplicationId, secretHashes: string[]) {
      await tx.update(applications).set({ secretHashes }).where(eq(applications.id, id))
    },
    async change(tx: Executor, id: ApplicationId, row: Omit<StoredApplication, 'id' | 'organizationId' | 'clientId'>) {
      await tx.update(applications).set(writable(row)).where(eq(applications.id, id))
    },
  }
}

type NamedRow = { application: Database['tables']['applications']['$inferSelect']; organizationName: string }
export type ApplicationRow = NamedRow & {
  ownTokens: unknown
  instanceTokens: unknown
  serviceSubject: string | null
}

export function namedApplication({ application, organizationName }: NamedRow): NamedApplication {
  const whole = complete(application)
  return { ...whole, settings: settingsInForce(whole.settings), organizationName }
}

function knownApplication(row: ApplicationRow | undefined): KnownApplication | null {
  if (!row) return null
  const { serviceSubject, ownTokens, instanceTokens } = row
  const named = namedApplication(row)
  return { ...named, serviceSubject, lifetimes: lifetimesInForce(named.settings, ownTokens ?? instanceTokens) }
}

const writable = <Row extends Omit<Application, 'id' | 'organizationId' | 'clientId'>>(row: Row) => ({
  ...row,
  secretHashes: [...row.secretHashes],
  redirectUris: [...row.redirectUris],
  postLogoutRedirectUris: [...row.postLogoutRedirectUris],
  grantTypes: [...row.grantTypes],
})

const settingsOf = withDefaults(DEFAULT_APPLICATION_SETTINGS)

/** Settings that a stored row does not know yet have their default. */
export const complete = <Stored extends Pick<Application, 'settings'>>(row: Stored): Stored => ({
  ...row,
  settings: settingsOf(row.settings),
})

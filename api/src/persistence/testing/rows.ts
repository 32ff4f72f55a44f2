import { DEFAULT_APPLICATION_SETTINGS } from '../../domain/application.ts'
import type {
  ApplicationId,
  DeviceId,
  GrantId,
  MessageId,
  OrganizationId,
  SessionId,
  UserId,
} from '../../domain/ids.ts'
import type { Database, Executor } from '../database.ts'
import type { Tables } from '../tables.ts'

/** Milliseconds that are no whole second: they must come back. */
export const NOW = Date.UTC(2026, 0, 1) + 123
export const LATER = NOW + 60_000

type Row<Name extends keyof Tables> = Tables[Name]['$inferInsert']

let made = 0
/** A new id; later ones sort behind. */
export const nextId = <Id extends string>(prefix: string): Id => `${prefix}_${String(++made).padStart(8, '0')}` as Id

/** Rows that others hang on, with only what a test says of them; each answers its id. */
export async function addOrganization(db: Database, row: Partial<Row<'organizations'>> = {}): Promise<OrganizationId> {
  const id = nextId<OrganizationId>('org')
  const base = { id, name: 'Acme', primaryDomain: `${id}.test`, createdAt: NOW }
  await db.query.insert(db.tables.organizations).values({ ...base, ...row })
  return row.id ?? id
}

export async function addUser(db: Database, row: Partial<Row<'users'>> = {}): Promise<UserId> {
  const id = nextId<UserId>('usr')
  const organizationId = row.organizationId ?? (await addOrganization(db))
  const base = { kind: 'human', subject: id, displayName: 'Ann', profile: {}, createdAt: NOW, updatedAt: NOW } as const
  await db.query.insert(db.tables.users).values({ ...base, id, ...row, organizationId })
  return row.id ?? id
}

export async function addApplication(db: Database, row: Partial<Row<'applications'>> = {}): Promise<ApplicationId> {
  const id = nextId<ApplicationId>('app')
  const organizationId = row.organizationId ?? (await addOrganization(db))
  const lists = { secretHashes: [], redirectUris: [], postLogoutRedirectUris: [], grantTypes: [] }
  const base = { id, name: 'Shop', type: 'web', clientId: id, settings: DEFAULT_APPLICATION_SETTINGS } as const
  await db.query.insert(db.tables.applications).values({ ...base, ...lists, createdAt: NOW, ...row, organizationId })
  return row.id ?? id
}

export async function addDevice(
  db: Database,
  row: Partial<Row<'devices'>> = {},
  tx: Executor = db.query,
): Promise<DeviceId> {
  const id = nextId<DeviceId>('dev')
  const base = { id, tokenHash: `hash of ${id}`, userAgent: 'Firefox', createdAt: NOW, lastSeenAt: NOW }
  await tx.insert(db.tables.devices).values({ ...base, ...row })
  return row.id ?? id
}

export async function addSession(db: Database, row: Partial<Row<'sessions'>> = {}): Promise<SessionId> {
  const id = nextId<SessionId>('ses')
  const deviceId = row.deviceId ?? (await addDevice(db))
  const userId = row.userId ?? (await addUser(db))
  const base = { id, loginName: 'ann', checks: [], createdAt: NOW, lastUsedAt: NOW, expiresAt: LATER }
  await db.query.insert(db.tables.sessions).values({ ...base, ...row, deviceId, userId })
  return row.id ?? id
}

export const messageRow = (id: MessageId, organizationId: OrganizationId) => ({
  id,
  organizationId,
  userId: null,
  channel: 'email' as const,
  kind: 'verify_email' as const,
  recipient: 'ann@acme.test',
  language: 'en',
  content: 'boxed',
  expiresAt: null as number | null,
  createdAt: NOW,
})

export async function addMessage(db: Database, row: Partial<Row<'outboxMessages'>> = {}): Promise<MessageId> {
  const organizationId = row.organizationId ?? (await addOrganization(db))
  const id = row.id ?? nextId<MessageId>('msg')
  await db.query.insert(db.tables.outboxMessages).values({ ...messageRow(id, organizationId), dueAt: NOW, ...row })
  return id
}

export const grantRow = (id: GrantId, applicationId: ApplicationId, userId: UserId | null) => ({
  id,
  applicationId,
  userId,
  sessionId: 'ses_of_nobody' as SessionId,
  machineCredential: null,
  issuer: 'https://login.test',
  scopes: ['openid'],
  claims: null,
  resource: null,
  offline: false,
  authTime: NOW,
  acr: 'aal1',
  amr: ['pwd'],
  createdAt: NOW,
  expiresAt: LATER,
})

export async function addGrant(db: Database, row: Partial<Row<'grants'>> = {}): Promise<GrantId> {
  const applicationId = row.applicationId ?? (await addApplication(db))
  const userId = row.userId === undefined ? await addUser(db) : row.userId
  const id = row.id ?? nextId<GrantId>('grt')
  await db.query.insert(db.tables.grants).values({ ...grantRow(id, applicationId, userId), ...row })
  return id
}

/** So many transactions at once. */
export const race = <T>(db: Database, contenders: number, work: (tx: Executor, nth: number) => Promise<T>) =>
  Promise.all(Array.from({ length: contenders }, (_, nth) => db.transaction((tx) => work(tx, nth))))

import { randomBytes } from 'node:crypto'
import type { PolicyKind, PolicyOf } from '@vestibule/shared/policies.ts'
import { type Role, scopeOf } from '@vestibule/shared/roles.ts'
import pino from 'pino'
import { onTestFinished } from 'vitest'
import { assembleDeps } from '../adapters.ts'
import { createApp } from '../app.ts'
import { tokenHash } from '../crypto/token.ts'
import type { Deps } from '../deps.ts'
import { type Application, DEFAULT_APPLICATION_SETTINGS } from '../domain/application.ts'
import { newId, type OrganizationId, type UserId } from '../domain/ids.ts'
import { readSettings } from '../settings.ts'
import { ensureSigningKeys } from '../use-cases/keys/rotate-keys.ts'
import { claimMessages, deliverMessage } from '../use-cases/messages/deliver-message.ts'
import { type Addressed, sendMessage } from '../use-cases/messages/send-message.ts'
import { createBrowser } from './browser.ts'
import { openTestDatabase } from './open-test-database.ts'

export const ISSUER = 'http://localhost:3000'
export const REDIRECT_URI = 'https://rp.test/cb'
export const SIGNED_OUT_URI = 'https://rp.test/bye'
export const SECRET = 'a client secret of the tests that has enough entropy'
export const PASSWORD = 'a password of the tests'

/** The built pages of the tests. */
export const SITE = new URL('./site/', import.meta.url)
const START = Date.UTC(2026, 0, 1)

export type World = Awaited<ReturnType<typeof createWorld>>
export type WorldOptions = { env?: Record<string, string>; observe?: (text: string) => void }

/** A fresh instance with a clock that stands still, one organization and nothing else. It closes with the test. */
export async function createWorld({ env = {}, observe }: WorldOptions = {}) {
  const clock = { at: START, now: () => clock.at, advance: (seconds: number) => (clock.at += seconds * 1000) }
  const settings = readSettings({ ARGON2_MEMORY_KIB: '8', ARGON2_PASSES: '1', MASTER_KEY: MASTER, ...env })
  const db = await openTestDatabase(observe ? { observe } : {})
  const lines: string[] = []
  const log = pino({ level: settings.logLevel }, { write: (line: string) => lines.push(line) })
  const deps = assembleDeps({ settings, clock, db, log })
  let isOpen = true
  const close = async () => {
    if (isOpen) await db.close()
    isOpen = false
  }
  onTestFinished(close)
  await deps.keys.reload()
  await installTestKeys(deps)
  const app = createApp(deps, { web: SITE })
  const acme = await addOrganization(deps, 'acme.test', { isDefault: true })
  await setPolicy(deps, 'login', {}, 'instance')
  return {
    deps,
    app,
    clock,
    acme,
    logLines: lines,
    /** Before the test is over, for one that makes many. */
    close,
    /** One person's browser, at this address. */
    browser: (address?: string) => createBrowser(app, settings.issuer, address),
    addOrganization: (domain: string) => addOrganization(deps, domain),
    addUser: (name: string, options?: UserOptions) => addUser(deps, options?.organization ?? acme, name, options),
    addApplication: (clientId: string, options?: ApplicationOptions) =>
      addApplication(deps, options?.organization ?? acme, clientId, options),
    setPolicy: <Kind extends PolicyKind>(kind: Kind, value: Partial<PolicyOf<Kind>>, owner: string = acme) =>
      setPolicy(deps, kind, value, owner),
    /** Leaves a mail in the outbox: that of a deleted account, unless something else is said. */
    send: (more: Partial<Addressed> = {}) => send(deps, acme, more),
    /** Sends what is due, as the worker does. */
    deliver: () => deliver(deps),
    /** What would have been sent, newest first. */
    messages: () => deps.post.sink!.list(),
    grant: (userId: UserId, role: Role, scope: string = scopeOf(role) === 'instance' ? 'instance' : acme) =>
      deps.db.transaction((tx) => deps.repositories.managerRoles.grant(tx, { userId, scope, role })),
    /** In the order of what happened. */
    events: () => db.query.select().from(db.tables.events).orderBy(db.tables.events.id),
  }
}

const MASTER = randomBytes(32).toString('base64url')

/** Making keys takes a third of a second; every world of a process has the same ones, under the same master key. */
let keyRows: Promise<Awaited<ReturnType<Deps['repositories']['signingKeys']['list']>>> | undefined

async function installTestKeys(deps: Deps): Promise<void> {
  if (keyRows && deps.settings.masterKey === MASTER) {
    const rows = await keyRows
    await deps.db.transaction(async (tx) => {
      for (const row of rows) await deps.repositories.signingKeys.create(tx, row)
    })
    await deps.keys.reload()
    return
  }
  const made = ensureSigningKeys(deps).then(() => deps.repositories.signingKeys.list())
  if (deps.settings.masterKey === MASTER) keyRows = made
  await made
}

const send = (deps: Deps, organizationId: OrganizationId, more: Partial<Addressed>): Promise<void> =>
  deps.db.transaction((tx) =>
    sendMessage(deps, tx, {
      channel: 'email',
      kind: 'account_deleted',
      to: 'bob@acme.test',
      language: 'en',
      organizationId,
      values: {},
      ...more,
    } as Addressed),
  )

async function deliver(deps: Deps): Promise<void> {
  const never = new AbortController().signal
  for (const channel of ['email', 'sms'] as const)
    for (const message of await claimMessages(deps, { channel, holder: 'tests', most: 100 }))
      await deliverMessage(deps, message, never)
}

const source = (deps: Deps) => ({ now: deps.clock.now, randomBytes: deps.randomBytes })

async function addOrganization(deps: Deps, domain: string, { isDefault = false } = {}): Promise<OrganizationId> {
  const id = newId('org', source(deps))
  await deps.db.transaction((tx) =>
    deps.repositories.organizations.create(tx, {
      id,
      name: domain,
      primaryDomain: domain,
      isDefault,
      createdAt: deps.clock.now(),
    }),
  )
  return id
}

export type UserOptions = {
  organization?: OrganizationId
  password?: string | null
  email?: string | null
  emailVerified?: boolean
  phone?: string
  locale?: string
}

/** A person `name` with the address name@acme.test and the tests' password. */
async function addUser(
  deps: Deps,
  organizationId: OrganizationId,
  name: string,
  options: UserOptions = {},
): Promise<UserId> {
  const { password = PASSWORD, email = `${name}@acme.test`, emailVerified = true, phone, locale = 'en' } = options
  const id = newId('usr', source(deps))
  const hash = password === null ? null : await deps.passwords.hash(password)
  const now = deps.clock.now()
  await deps.db.transaction(async (tx) => {
    await deps.repositories.users.create(tx, {
      id,
      organizationId,
      kind: 'human',
      subject: id,
      displayName: `${name} of the tests`,
      profile: { givenName: name, familyName: 'Test', locale },
      now,
      identifiers: [
        { kind: 'username', value: name, verifiedAt: null },
        ...(email ? [{ kind: 'email' as const, value: email, verifiedAt: emailVerified ? now : null }] : []),
        ...(phone ? [{ kind: 'phone' as const, value: phone, verifiedAt: now }] : []),
      ],
    })
    if (hash) await deps.repositories.users.setPassword(tx, { id: newId('crd', source(deps)), userId: id, hash, now })
  })
  return id
}

export type ApplicationOptions = Partial<Omit<Application, 'settings' | 'id' | 'clientId'>> & {
  organization?: OrganizationId
  settings?: Partial<Application['settings']>
}

/** A confidential application with the tests' secret, unless its type is public. */
async function addApplication(
  deps: Deps,
  organizationId: OrganizationId,
  clientId: string,
  options: ApplicationOptions = {},
) {
  const { settings, organization: _organization, ...rest } = options
  const type = options.type ?? 'web'
  const isPublic = type === 'spa' || type === 'native'
  const row = {
    id: newId('app', source(deps)),
    organizationId,
    name: `${clientId} of the tests`,
    type,
    clientId,
    secretHashes: isPublic ? [] : [tokenHash(SECRET)],
    redirectUris: [REDIRECT_URI],
    postLogoutRedirectUris: [SIGNED_OUT_URI],
    grantTypes: ['authorization_code' as const, 'refresh_token' as const],
    serviceUserId: null,
    projectId: null,
    ...rest,
    settings: {
      ...DEFAULT_APPLICATION_SETTINGS,
      authenticationMethod: isPublic ? ('none' as const) : ('client_secret_basic' as const),
      ...settings,
    },
    state: 'active' as const,
    createdAt: deps.clock.now(),
  }
  await deps.db.query.insert(deps.db.tables.applications).values(row as never)
  return row
}

/** Nobody is offered a second factor, unless a test says otherwise: what a test is not about stays out of its way. */
const QUIET: Partial<{ [Kind in PolicyKind]: Partial<PolicyOf<Kind>> }> = { login: { enrollmentSkipLifetime: 0 } }

async function setPolicy(deps: Deps, kind: PolicyKind, change: object, owner: string): Promise<void> {
  const { policies } = deps.db.tables
  const value = { ...QUIET[kind], ...change }
  await deps.db.query
    .insert(policies)
    .values({ owner, kind, value, updatedAt: deps.clock.now() })
    .onConflictDoUpdate({ target: [policies.owner, policies.kind], set: { value } })
}

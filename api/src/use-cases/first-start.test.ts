import { randomBytes } from 'node:crypto'
import pino from 'pino'
import { expect, test } from 'vitest'
import { assembleDeps } from '../adapters.ts'
import type { CredentialId } from '../domain/ids.ts'
import { describeOnEveryDatabase } from '../persistence/testing/databases.ts'
import { addOrganization, addUser, NOW } from '../persistence/testing/rows.ts'
import { readSettings } from '../settings.ts'
import { prepareInstance } from './first-start.ts'
import { setUpPassword } from './password/set-up-password.ts'

const settings = readSettings({
  ARGON2_MEMORY_KIB: '8',
  ARGON2_PASSES: '1',
  MASTER_KEY: randomBytes(32).toString('base64url'),
})
const log = pino({ level: 'silent' })

describeOnEveryDatabase('the first start', (open) => {
  const opened = async () => {
    const db = await open()
    const deps = assembleDeps({ settings, clock: { now: () => NOW }, db, log })
    const setUp = (link: string) => {
      const token = link.slice(link.indexOf('#') + 1)
      const browser = { deviceToken: null, knownToken: null, trustToken: null, userAgent: '' }
      return setUpPassword(deps, { token, newPassword: 'a password of the tests', address: '::1', browser })
    }
    const all = () =>
      db.transaction(async (tx) => ({
        organizations: await tx.select().from(db.tables.organizations),
        users: await tx.select().from(db.tables.users),
        roles: await tx.select().from(db.tables.managerRoles),
      }))
    return { db, deps, setUp, all }
  }

  test('of several at once makes one organization and one manager, and one link opens', async () => {
    const { deps, setUp, all } = await opened()
    const made = await Promise.all(Array.from({ length: 5 }, () => prepareInstance(deps)))
    expect(made.map((first) => first?.loginName)).toEqual(['admin', 'admin', 'admin', 'admin', 'admin'])
    const { organizations, users, roles } = await all()
    expect(organizations).toMatchObject([{ primaryDomain: 'localhost', isDefault: true }])
    expect(roles).toMatchObject([{ userId: users[0]!.id, scope: 'instance', role: 'instance_owner' }])
    expect(users).toHaveLength(1)
    const opening = await Promise.allSettled(made.map((first) => setUp(first!.link)))
    expect(opening.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await prepareInstance(deps)).toBeNull()
  })

  test('leaves an organization and a manager that are there', async () => {
    const { db, deps, all } = await opened()
    const organizationId = await addOrganization(db, { isDefault: true })
    const userId = await addUser(db, { organizationId })
    await db.transaction(async (tx) => {
      await deps.repositories.managerRoles.grant(tx, { userId, scope: 'instance', role: 'instance_owner' })
      await deps.repositories.users.setPassword(tx, { id: 'crd_1' as CredentialId, userId, hash: 'h', now: NOW })
    })
    const before = await all()
    expect(await prepareInstance(deps)).toBeNull()
    expect(await all()).toEqual(before)
  })

  test('gives the manager another name where somebody has it', async () => {
    const { db, deps, setUp } = await opened()
    const organizationId = await addOrganization(db, { isDefault: true })
    const userId = await addUser(db, { organizationId })
    await db.transaction((tx) =>
      deps.repositories.users.addIdentifier(tx, userId, organizationId, {
        kind: 'username',
        value: 'admin',
        verifiedAt: null,
      }),
    )
    const first = await prepareInstance(deps)
    expect(first?.loginName).toBe('admin-2')
    expect(await setUp(first!.link)).toMatchObject({ loginName: 'admin-2' })
    expect(await deps.repositories.users.findPassword(userId)).toBeNull()
  })
})

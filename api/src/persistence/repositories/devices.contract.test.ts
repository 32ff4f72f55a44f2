import { DEFAULT_LOGIN_POLICY } from '@vestibule/shared/policy.ts'
import { expect, test } from 'vitest'
import type { ApplicationId, SessionId } from '../../domain/ids.ts'
import type { Database } from '../database.ts'
import { describeOnEveryDatabase } from '../testing/databases.ts'
import { addApplication, addDevice, addOrganization, addSession, addUser, NOW, race } from '../testing/rows.ts'
import { consentRepository } from './consents.ts'
import { deviceRepository } from './devices.ts'

describeOnEveryDatabase('devices', (open) => {
  const opened = async () => {
    const db = await open()
    const devices = deviceRepository(db)
    const deviceId = await addDevice(db, { tokenHash: 'cookie' })
    const find = (application: ApplicationId | null = null) => devices.findWithAccounts('cookie', application)
    return { db, devices, deviceId, find }
  }

  test('a browser without accounts has none, and a cookie nobody has is no browser', async () => {
    const { devices, deviceId, find } = await opened()
    const device = { id: deviceId, persistent: false, accountSessionId: null, lastSeenAt: NOW }
    expect(await find()).toEqual({ device, accounts: [] })
    expect(await devices.findWithAccounts('another', null)).toBeNull()
  })

  test('its accounts come last used first, with what their screens say; ended ones too, forgotten ones not', async () => {
    const { db, deviceId, find } = await opened()
    const organizationId = await addOrganization(db, { name: 'Bäckerei' })
    const at = (seconds: number) => ({ deviceId, lastUsedAt: NOW + seconds * 1000 })
    const oldest = await addSession(db, { ...at(1), endedAt: NOW })
    const userId = await addUser(db, { organizationId, displayName: 'Ben', subject: 'imported', state: 'locked' })
    const newest = await addSession(db, {
      ...at(3),
      userId,
      loginName: 'ben',
      checks: [{ factor: 'password', at: NOW }],
    })
    const middle = await addSession(db, at(2))
    await addSession(db, { ...at(4), forgottenAt: NOW })
    await addSession(db, { lastUsedAt: NOW + 9000 })

    const { accounts } = (await find())!
    expect(accounts.map(({ session }) => session.id)).toEqual([newest, middle, oldest])
    expect(accounts[2]?.session.endedAt).toBe(NOW)
    expect(accounts[0]).toMatchObject({
      loginName: 'ben',
      displayName: 'Ben',
      organizationName: 'Bäckerei',
      user: { id: userId, subject: 'imported', organizationId, state: 'locked', organizationActive: true },
      session: { version: 0, checks: [{ factor: 'password', at: NOW }], forgottenAt: null },
      consentedScopes: [],
    })
  })

  test('an organization that is not active is said', async () => {
    const { db, deviceId, find } = await opened()
    await addSession(db, { deviceId })
    await db.query.update(db.tables.organizations).set({ state: 'deactivated' })
    expect((await find())?.accounts[0]?.user.organizationActive).toBe(false)
  })

  test('a policy is the own one, or that of the instance, or the default', async () => {
    const { db, deviceId, find } = await opened()
    const organizationId = await addOrganization(db)
    await addSession(db, { deviceId, userId: await addUser(db, { organizationId }) })
    const policy = async () => (await find())?.accounts[0]?.policy
    expect(await policy()).toEqual(DEFAULT_LOGIN_POLICY)
    await setLoginPolicy(db, 'instance', { sessionIdleLifetime: 60, allowPassword: false })
    expect(await policy()).toEqual({ ...DEFAULT_LOGIN_POLICY, sessionIdleLifetime: 60, allowPassword: false })
    await setLoginPolicy(db, organizationId, { sessionIdleLifetime: 90 })
    expect(await policy()).toEqual({ ...DEFAULT_LOGIN_POLICY, sessionIdleLifetime: 90 })
  })

  test('consents are those of the application that asks, the last ones given', async () => {
    const { db, deviceId, find } = await opened()
    const userId = await addUser(db)
    await addSession(db, { deviceId, userId })
    const applicationId = await addApplication(db)
    const consents = consentRepository(db)
    for (const scopes of [['openid'], ['openid', 'email']]) {
      await db.transaction((tx) => consents.give(tx, { userId, applicationId, scopes, grantedAt: NOW }))
    }
    const scopes = async (application: ApplicationId | null) => (await find(application))?.accounts[0]?.consentedScopes
    expect(await scopes(applicationId)).toEqual(['openid', 'email'])
    expect(await scopes(await addApplication(db))).toEqual([])
    expect(await scopes(null)).toEqual([])
  })

  test('a new cookie opens it, and the old one nothing', async () => {
    const { db, devices, deviceId } = await opened()
    const change = { id: deviceId, usedTokenHash: 'cookie', tokenHash: 'new cookie', persistent: true, now: NOW + 5 }
    expect(await db.transaction((tx) => devices.rotate(tx, change))).toBe(true)
    expect(await devices.findWithAccounts('cookie', null)).toBeNull()
    const found = await devices.findWithAccounts('new cookie', null)
    expect(found?.device).toMatchObject({ id: deviceId, persistent: true, lastSeenAt: NOW + 5 })
  })

  test('of those who come with one cookie, one gets the next', async () => {
    const { db, devices, deviceId } = await opened()
    const change = { id: deviceId, usedTokenHash: 'cookie', persistent: false, now: NOW }
    const all = await race(db, 10, (tx, nth) => devices.rotate(tx, { ...change, tokenHash: `cookie ${nth}` }))
    expect(all.filter(Boolean)).toHaveLength(1)
    expect((await devices.findWithAccounts(`cookie ${all.indexOf(true)}`, null))?.device.id).toBe(deviceId)
  })

  test('of some browsers those go in which nobody has an account', async () => {
    const { db, devices, deviceId: empty } = await opened()
    const [used, other] = [await addDevice(db), await addDevice(db)]
    await addSession(db, { deviceId: used })
    await db.transaction((tx) => devices.deleteWithoutSessions(tx, [used, empty]))
    const left = (await db.query.select().from(db.tables.devices)).map(({ id }) => id)
    expect(left.toSorted()).toEqual([used, other].toSorted())
  })

  test('it shows the account pages of one session, or of none', async () => {
    const { db, devices, deviceId, find } = await opened()
    for (const shown of ['ses_one' as SessionId, null]) {
      await db.transaction((tx) => devices.showAccount(tx, deviceId, shown))
      expect((await find())?.device.accountSessionId).toBe(shown)
    }
  })
})

async function setLoginPolicy(db: Database, owner: string, value: object) {
  await db.query.insert(db.tables.policies).values({ owner, kind: 'login', value, updatedAt: NOW })
}

import { defaultPolicy } from '@vestibule/shared/policies.ts'
import { expect, test } from 'vitest'
import { DEFAULT_APPLICATION_SETTINGS } from '../../domain/application.ts'
import type { ApplicationId } from '../../domain/ids.ts'
import { describeOnEveryDatabase } from '../testing/databases.ts'
import { addOrganization, NOW, nextId } from '../testing/rows.ts'
import { applicationRepository, type StoredApplication } from './applications.ts'

describeOnEveryDatabase('applications', (open) => {
  const registered = async (change: Partial<StoredApplication> = {}) => {
    const db = await open()
    const applications = applicationRepository(db)
    const row: StoredApplication = {
      id: nextId<ApplicationId>('app'),
      organizationId: await addOrganization(db, { name: 'Acme' }),
      name: 'Shop',
      type: 'web',
      clientId: 'shop',
      secretHashes: ['one', 'two'],
      redirectUris: ['https://rp.test/cb?a=b&c=%20'],
      postLogoutRedirectUris: [],
      grantTypes: ['authorization_code'],
      settings: { ...DEFAULT_APPLICATION_SETTINGS, additionalOrigins: ['https://a.test'], privacyUri: null },
      state: 'active',
      serviceUserId: null,
      projectId: null,
      ...change,
    }
    await db.transaction((tx) => applications.create(tx, { ...row, createdAt: NOW }))
    return { db, applications, row }
  }

  test('it comes back as it was registered, with the name of its organization', async () => {
    const { applications, row } = await registered()
    const known = { ...row, organizationName: 'Acme' }
    expect(await applications.findActiveByClientId('shop')).toMatchObject(known)
    expect(await applications.findActive(row.id)).toMatchObject(known)
    expect(await applications.listActive()).toMatchObject([known])
  })

  test('settings that the row does not know have their default', async () => {
    const { applications } = await registered({ settings: { consent: 'always' } as StoredApplication['settings'] })
    const { settings } = (await applications.findActiveByClientId('shop'))!
    expect(settings).toEqual({ ...DEFAULT_APPLICATION_SETTINGS, consent: 'always' })
  })

  test('how long its tokens live is known with it: its own word, its organization’s, the instance’s, ours', async () => {
    const { db, applications, row } = await registered({
      settings: { ...DEFAULT_APPLICATION_SETTINGS, idTokenLifetime: 60 },
    })
    const { policies } = db.tables
    const set = (owner: string, value: object, kind = 'tokens') =>
      db.query.insert(policies).values({ owner, kind: kind as 'tokens', value, updatedAt: NOW })
    const found = async () => [
      (await applications.findActiveByClientId('shop'))!.lifetimes,
      (await applications.findActive(row.id))!.lifetimes,
    ]
    const defaults = { ...defaultPolicy('tokens'), idTokenLifetime: 60 }
    await set(row.organizationId, { accessTokenLifetime: 70 }, 'login')
    await set('org_other', { accessTokenLifetime: 80 })
    expect(await found()).toEqual([defaults, defaults])
    await set('instance', { accessTokenLifetime: 90, refreshTokenIdleLifetime: 95, idTokenLifetime: 96 })
    const instances = { ...defaults, accessTokenLifetime: 90, refreshTokenIdleLifetime: 95 }
    expect(await found()).toEqual([instances, instances])
    // owned whole
    await set(row.organizationId, { accessTokenLifetime: 100 })
    const own = { ...defaults, accessTokenLifetime: 100 }
    expect(await found()).toEqual([own, own])
  })

  test('AP6 a client is known by what its profile demands, and stored as it was registered', async () => {
    const { db, applications, row } = await registered({
      settings: { ...DEFAULT_APPLICATION_SETTINGS, securityProfile: 'fapi2' },
    })
    const demanded = { securityProfile: 'fapi2', authenticationMethod: 'private_key_jwt', requirePkce: true }
    for (const known of [
      await applications.findActiveByClientId('shop'),
      await applications.findActive(row.id),
      ...(await applications.listKnown([row.id])),
      ...(await applications.listActive()),
    ])
      expect(known?.settings).toMatchObject(demanded)
    const [stored] = await db.transaction((tx) => applications.listByClientId(tx, ['shop']))
    expect(stored?.settings).toEqual(row.settings)
  })

  test.each(['applications', 'organizations'] as const)(
    'nobody is a client whose row in %s is not active',
    async (name) => {
      const { db, applications, row } = await registered()
      await db.query.update(db.tables[name] as typeof db.tables.applications).set({ state: 'deactivated' })
      expect(await applications.findActiveByClientId('shop')).toBeNull()
      expect(await applications.findActive(row.id)).toBeNull()
      expect(await applications.listActive()).toEqual([])
      expect(await db.transaction((tx) => applications.listByClientId(tx, ['shop']))).toMatchObject([{ id: row.id }])
    },
  )

  test('its name is known, also when it is switched off', async () => {
    const { db, applications, row } = await registered()
    await db.query.update(db.tables.applications).set({ state: 'deactivated' })
    expect(await applications.listNames([row.id, 'app_none' as never])).toEqual(new Map([[row.id, row.name]]))
    expect(await applications.listNames([])).toEqual(new Map())
  })

  test('it is found by its exact name only', async () => {
    const { applications } = await registered()
    for (const other of ['Shop', 'shop ', 'sho_', '%', ''])
      expect(await applications.findActiveByClientId(other)).toBeNull()
  })
})

import { expect, test } from 'vitest'
import type { ApplicationId, GrantId } from '../../domain/ids.ts'
import { describeOnEveryDatabase } from '../testing/databases.ts'
import { addApplication, LATER, NOW, race } from '../testing/rows.ts'
import { deviceAuthorizationRepository } from './device-authorizations.ts'

describeOnEveryDatabase('device authorizations', (open) => {
  const waiting = async () => {
    const db = await open()
    const devices = deviceAuthorizationRepository(db)
    const row = {
      codeHash: 'code',
      userCode: 'user code',
      applicationId: await addApplication(db),
      issuer: 'https://login.test',
      scopes: ['openid'],
      resource: null,
      organizationId: null,
      requiredAssurance: 'aal1' as const,
      maxAge: 60,
      interval: 5,
      createdAt: NOW,
      expiresAt: LATER,
    }
    const create = (change: Partial<typeof row> = {}) =>
      db.transaction((tx) => devices.create(tx, { ...row, ...change }))
    expect(await create()).toBe(true)
    const key = { codeHash: row.codeHash, applicationId: row.applicationId, issuer: row.issuer }
    const poll = (now: number, change: Partial<typeof key> = {}) =>
      db.transaction((tx) => devices.poll(tx, { ...key, ...change, now }))
    const decide = (now = NOW) =>
      db.transaction((tx) =>
        devices.decide(tx, { codeHash: 'code', now, state: 'approved', grantId: 'grt_x' as GrantId }),
      )
    return { db, devices, row, key, create, poll, decide }
  }

  test('a user code is held by one at a time', async () => {
    const { create } = await waiting()
    expect(await create({ codeHash: 'another' })).toBe(false)
    expect(await create({ codeHash: 'another', userCode: 'another' })).toBe(true)
  })

  test('it is found by its user code as long as it waits', async () => {
    const { devices, row, decide } = await waiting()
    expect(await devices.findOpen('user code', LATER - 1)).toMatchObject({ ...row, state: 'pending' })
    expect(await devices.findOpen('user code', LATER)).toBeNull()
    expect(await devices.findOpen('another', NOW)).toBeNull()
    await decide()
    expect(await devices.findOpen('user code', NOW)).toBeNull()
  })

  test('a question that comes too early makes the interval longer, for good', async () => {
    const { poll } = await waiting()
    expect(await poll(NOW)).toMatchObject({ tooEarly: false, interval: 5, lastPolledAt: NOW })
    expect(await poll(NOW + 4_999)).toMatchObject({ tooEarly: true, interval: 10 })
    expect(await poll(NOW + 14_998)).toMatchObject({ tooEarly: true, interval: 15 })
    expect(await poll(NOW + 29_998)).toMatchObject({ tooEarly: false, interval: 15 })
  })

  test('of many questions at once one is in time', async () => {
    const { db, devices, key } = await waiting()
    const all = await race(db, 10, (tx) => devices.poll(tx, { ...key, now: NOW }))
    expect(all.filter((row) => row?.tooEarly === false)).toHaveLength(1)
  })

  test.each([
    ['another application', { applicationId: 'app_other' as ApplicationId }],
    ['another issuer', { issuer: 'https://other.test' }],
    ['another code', { codeHash: 'another' }],
  ])('%s asks nothing', async (_, change) => {
    const { poll } = await waiting()
    expect(await poll(NOW, change)).toBeNull()
  })

  test('somebody decides once, in time', async () => {
    const { db, devices, decide } = await waiting()
    expect(await decide(LATER)).toBe(false)
    const all = await race(db, 5, (tx, nth) =>
      devices.decide(
        tx,
        nth % 2
          ? { codeHash: 'code', now: NOW, state: 'refused' }
          : { codeHash: 'code', now: NOW, state: 'approved', grantId: 'grt_x' as GrantId },
      ),
    )
    expect(all.filter(Boolean)).toHaveLength(1)
  })

  test('one of many gets what was granted, after the word and in time', async () => {
    const { db, devices, key, decide } = await waiting()
    const consume = (now: number) => race(db, 5, (tx) => devices.consume(tx, { ...key, now }))
    expect((await consume(NOW)).filter(Boolean)).toEqual([])
    await decide()
    expect((await consume(LATER)).filter(Boolean)).toEqual([])
    expect((await consume(NOW)).filter(Boolean)).toHaveLength(1)
  })
})

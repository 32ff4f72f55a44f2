import { expect, test } from 'vitest'
import type { AuthRequestId, CredentialId, UserId } from '../../domain/ids.ts'
import type { WebauthnCredential } from '../../domain/webauthn.ts'
import type { Database, Executor } from '../database.ts'
import { describeOnEveryDatabase } from '../testing/databases.ts'
import { addDevice, addUser, LATER, NOW, nextId, race } from '../testing/rows.ts'
import { webauthnChallengeRepository } from './webauthn-challenges.ts'
import { webauthnCredentialRepository } from './webauthn-credentials.ts'

describeOnEveryDatabase('challenges of passkeys', (open) => {
  const asked = async () => {
    const db = await open()
    const challenges = webauthnChallengeRepository(db)
    const key = {
      challengeHash: 'hash',
      purpose: 'sign_in',
      flow: 'req_one' as AuthRequestId,
      userId: 'usr_one' as UserId,
      deviceId: await addDevice(db),
    } as const
    await db.transaction((tx) => challenges.create(tx, { ...key, expiresAt: LATER }))
    const consume = (change: Partial<Parameters<typeof challenges.consume>[1]> = {}) =>
      db.transaction((tx) => challenges.consume(tx, { ...key, now: NOW, ...change }))
    return { db, challenges, key, consume }
  }

  test('exactly one of those who race for one spends it', async () => {
    const { db, challenges, key } = await asked()
    const all = await race(db, 20, (tx) => challenges.consume(tx, { ...key, now: NOW }))
    expect(all.filter(Boolean)).toHaveLength(1)
  })

  test('it is spent for what it was made for, in its flow and its browser, for whom it was made, before its end', async () => {
    const { db, consume } = await asked()
    expect(await consume({ challengeHash: 'other' })).toBe(false)
    expect(await consume({ purpose: 'add_passkey' })).toBe(false)
    expect(await consume({ flow: 'req_two' as AuthRequestId })).toBe(false)
    expect(await consume({ userId: 'usr_two' as UserId })).toBe(false)
    expect(await consume({ userId: null })).toBe(false)
    expect(await consume({ deviceId: await addDevice(db) })).toBe(false)
    expect(await consume({ now: LATER })).toBe(false)
    expect(await consume({ now: LATER - 1 })).toBe(true)
    expect(await consume()).toBe(false)
  })
})

const credential = (change: Partial<WebauthnCredential> & Pick<WebauthnCredential, 'userId'>): WebauthnCredential => ({
  id: nextId<CredentialId>('crd'),
  type: 'passkey',
  credentialId: nextId('key'),
  publicKey: 'a key',
  counter: 0,
  transports: ['internal', 'hybrid'],
  isBackupEligible: true,
  isBackedUp: false,
  aaguid: '00000000-0000-0000-0000-000000000000',
  label: null,
  createdAt: NOW,
  lastUsedAt: null,
  ...change,
})

describeOnEveryDatabase('passkeys', (open) => {
  const kept = async (change: Partial<WebauthnCredential> = {}) => {
    const db = await open()
    const credentials = webauthnCredentialRepository(db)
    const userId = await addUser(db)
    const row = credential({ userId, ...change })
    const does = <T>(work: (tx: Executor) => Promise<T>) => db.transaction(work)
    expect(await does((tx) => credentials.create(tx, row))).toBe(true)
    return { db, credentials, userId, row, does }
  }
  const all = async (db: Database) =>
    (await db.query.select().from(db.tables.credentials)).map(({ id, label, lastUsedAt }) => ({
      id,
      label,
      lastUsedAt,
    }))

  test('one is found by the id that its authenticator gave it, with the handle of its owner', async () => {
    const { credentials, userId, row, does } = await kept()
    expect(await credentials.find(row.credentialId)).toEqual({ ...row, userHandle: null })
    await does((tx) => credentials.handleOf(tx, userId, 'a handle'))
    expect(await credentials.find(row.credentialId)).toEqual({ ...row, userHandle: 'a handle' })
    expect(await credentials.find('nobody')).toBeNull()
  })

  test('a handle is made once', async () => {
    const { db, credentials, userId } = await kept()
    const handles = await race(db, 5, (tx, nth) => credentials.handleOf(tx, userId, `handle ${nth}`))
    expect(new Set(handles).size).toBe(1)
  })

  test('nobody gets one that somebody has', async () => {
    const { db, credentials, row, does } = await kept()
    const copy = credential({ userId: await addUser(db), credentialId: row.credentialId, publicKey: 'another' })
    expect(await does((tx) => credentials.create(tx, copy))).toBe(false)
    expect(await all(db)).toEqual([{ id: row.id, label: null, lastUsedAt: null }])
    expect(await credentials.find(row.credentialId)).toMatchObject(row)
  })

  test('they are listed as they were made, and only one’s own', async () => {
    const { db, credentials, userId, row, does } = await kept()
    const newer = credential({ userId, createdAt: LATER })
    const other = credential({ userId: await addUser(db) })
    for (const one of [newer, other]) await does((tx) => credentials.create(tx, one))
    expect(await credentials.listOfUser(userId)).toEqual([row, newer].map((one) => ({ ...one, userHandle: null })))
  })

  test('a use is counted once: of two at the same count one is too late', async () => {
    const { db, credentials, row } = await kept({ counter: 7 })
    const after = { counter: 8, isBackedUp: true, now: LATER }
    const uses = await race(db, 5, (tx) => credentials.markUsed(tx, row, after))
    expect(uses.filter(Boolean)).toHaveLength(1)
    expect(await credentials.find(row.credentialId)).toMatchObject({ counter: 8, isBackedUp: true, lastUsedAt: LATER })
  })

  test('one that does not count may be used again and again, until it is gone', async () => {
    const { credentials, userId, row, does } = await kept()
    const after = { counter: 0, isBackedUp: false, now: LATER }
    const use = () => does((tx) => credentials.markUsed(tx, row, after))
    expect([await use(), await use()]).toEqual([true, true])
    await does((tx) => credentials.remove(tx, row.id, userId))
    expect(await use()).toBe(false)
  })

  test('only its owner names or removes it', async () => {
    const { db, credentials, userId, row, does } = await kept()
    const other = await addUser(db)
    expect(await does((tx) => credentials.rename(tx, row.id, other, 'mine'))).toBe(false)
    expect(await does((tx) => credentials.remove(tx, row.id, other))).toBeNull()
    expect(await does((tx) => credentials.rename(tx, row.id, userId, 'Phone'))).toBe(true)
    expect(await all(db)).toEqual([{ id: row.id, label: 'Phone', lastUsedAt: null }])
    expect(await does((tx) => credentials.remove(tx, row.id, userId))).toEqual({ type: 'passkey' })
    expect(await all(db)).toEqual([])
  })

  test('all passkeys of a person are taken away, and neither security keys nor anybody else’s', async () => {
    const { db, credentials, userId, does } = await kept()
    const other = credential({ userId: await addUser(db) })
    const key = credential({ userId, type: 'security_key' })
    for (const one of [other, key]) await does((tx) => credentials.create(tx, one))
    await does((tx) => credentials.removePasskeys(tx, userId))
    expect((await all(db)).map(({ id }) => id).toSorted()).toEqual([other.id, key.id].toSorted())
  })
})

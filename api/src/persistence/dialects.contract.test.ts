import { asc, eq, gt, lt } from 'drizzle-orm'
import { expect, test } from 'vitest'
import type { SessionId } from '../domain/ids.ts'
import type { Database } from './database.ts'
import { bound, given } from './placeholder.ts'
import { describeOnEveryDatabase } from './testing/databases.ts'
import { addDevice, addGrant, addOrganization, NOW, nextId } from './testing/rows.ts'

describeOnEveryDatabase('values', (open) => {
  const links = (db: Database) => {
    const { oneTimeLinks } = db.tables
    const insert = db.statement('dialect_link_insert', (on) =>
      on.insert(oneTimeLinks).values({
        tokenHash: given('tokenHash'),
        purpose: 'password_setup',
        userId: given('userId'),
        createdAt: given('createdAt'),
        expiresAt: given('createdAt'),
        consumedAt: given('consumedAt'),
      }),
    )
    const after = db.statement('dialect_link_after', (on) =>
      on
        .select()
        .from(oneTimeLinks)
        .where(gt(oneTimeLinks.createdAt, bound('moment', oneTimeLinks.createdAt))),
    )
    return { oneTimeLinks, insert, after }
  }

  test.each([0, 1, NOW, -1, Date.UTC(2038, 0, 19, 3, 14, 8) + 1, Date.UTC(9999, 11, 31) + 999])(
    'the instant %i comes back to the millisecond and is compared as such, prepared or not',
    async (instant) => {
      const db = await open()
      const { oneTimeLinks, insert, after } = links(db)
      const row = { tokenHash: 'a', userId: 'usr_ann', createdAt: instant, consumedAt: null }
      await insert(row)
      await insert({ ...row, tokenHash: 'b', consumedAt: instant })
      const found = await db.query.select().from(oneTimeLinks).orderBy(asc(oneTimeLinks.tokenHash))
      expect(found.map(({ createdAt, consumedAt }) => [createdAt, consumedAt])).toEqual([
        [instant, null],
        [instant, instant],
      ])
      expect(await after({ moment: instant - 1 })).toHaveLength(2)
      expect(await after({ moment: instant })).toHaveLength(0)
      expect(
        await db.query
          .select()
          .from(oneTimeLinks)
          .where(lt(oneTimeLinks.createdAt, instant + 1)),
      ).toHaveLength(2)
      expect(await db.query.select().from(oneTimeLinks).where(eq(oneTimeLinks.consumedAt, instant))).toHaveLength(1)
    },
  )

  test('instants are in the order of time, not of their digits', async () => {
    const db = await open()
    const { oneTimeLinks, insert } = links(db)
    const instants = [NOW, 999, -5, 10_000]
    for (const createdAt of instants)
      await insert({ tokenHash: `${createdAt}`, userId: 'usr_ann', createdAt, consumedAt: null })
    const found = await db.query.select().from(oneTimeLinks).orderBy(asc(oneTimeLinks.createdAt))
    expect(found.map(({ createdAt }) => createdAt)).toEqual([-5, 999, 10_000, NOW])
  })

  test.each([{}, { a: null }, [], [null, 1.5, 'x'], { deep: [{ er: true }] }, { text: '1', "it's": '"\\ 𝄞 \u2028' }])(
    'the JSON %j comes back',
    async (value) => {
      const db = await open()
      const { policies } = db.tables
      await db.query.insert(policies).values({ owner: 'instance', kind: 'login', value, updatedAt: NOW })
      expect((await db.query.select().from(policies))[0]?.value).toEqual(value)
    },
  )

  test('no JSON is null, prepared or not', async () => {
    const db = await open()
    const { grants } = db.tables
    const id = await addGrant(db, { claims: null })
    const read = async () => (await db.query.select().from(grants).where(eq(grants.id, id)))[0]?.claims
    expect(await read()).toBeNull()
    const set = db.statement('dialect_claims_set', (on) => on.update(grants).set({ claims: given('claims') }))
    for (const claims of [{ userinfo: ['email'], idToken: [] }, null]) {
      await set({ claims })
      expect(await read()).toEqual(claims)
    }
  })

  test('a flag is true or false, and is asked for as such', async () => {
    const db = await open()
    const { devices } = db.tables
    const [persistent, other] = [await addDevice(db, { persistent: true }), await addDevice(db)]
    const byFlag = db.statement('dialect_by_flag', (on) =>
      on
        .select()
        .from(devices)
        .where(eq(devices.persistent, bound('flag', devices.persistent))),
    )
    for (const [flag, id] of [
      [true, persistent],
      [false, other],
    ] as const) {
      expect(await byFlag({ flag })).toMatchObject([{ id, persistent: flag }])
      expect(await db.query.select().from(devices).where(eq(devices.persistent, flag))).toHaveLength(1)
    }
  })

  test('a text is itself only: case, spaces, accents and wildcards count', async () => {
    const db = await open()
    const { organizations } = db.tables
    const names = ['strasse', 'straße', 'STRASSE', 'strasse ', 'é', 'e\u0301', '%', '_', "' or 1=1 --", '']
    for (const primaryDomain of names) await addOrganization(db, { primaryDomain })
    for (const name of names) {
      const found = await db.query.select().from(organizations).where(eq(organizations.primaryDomain, name))
      expect(found.map(({ primaryDomain }) => primaryDomain)).toEqual([name])
    }
  })

  test('what was not given is null or its default', async () => {
    const db = await open()
    await addDevice(db)
    const [device] = await db.query.select().from(db.tables.devices)
    expect(device).toMatchObject({ persistent: false, accountSessionId: null })
    const shown = { accountSessionId: nextId<SessionId>('ses') }
    await db.query.update(db.tables.devices).set(shown)
    expect((await db.query.select().from(db.tables.devices))[0]).toMatchObject(shown)
  })
})

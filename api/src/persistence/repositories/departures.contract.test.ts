import { expect, test } from 'vitest'
import { describeOnEveryDatabase } from '../testing/databases.ts'
import { addGrant, addSession, addUser, LATER, NOW, race } from '../testing/rows.ts'
import { departureRepository } from './departures.ts'
import { managerRoleRepository } from './manager-roles.ts'

describeOnEveryDatabase('departures', (open) => {
  const opened = async () => {
    const db = await open()
    const departures = departureRepository(db)
    const ann = await addUser(db)
    const plan = (id = ann, at = LATER) => db.transaction((tx) => departures.plan(tx, id, at))
    const undo = (now = NOW) => db.transaction((tx) => departures.undo(tx, ann, now))
    const complete = (now = LATER) => db.transaction((tx) => departures.complete(tx, ann, now))
    const deletionAt = async () => (await db.query.select().from(db.tables.users))[0]?.deletionAt
    return { db, departures, ann, plan, undo, complete, deletionAt }
  }

  test('the first date stays', async () => {
    const { plan, ann, deletionAt } = await opened()
    await plan()
    await plan(ann, LATER + 1)
    expect(await deletionAt()).toBe(LATER)
  })

  test('it is undone once, and not at the end any more', async () => {
    const { plan, undo, deletionAt } = await opened()
    expect(await undo()).toBe(false)
    await plan()
    expect(await undo(LATER)).toBe(false)
    expect(await undo(LATER - 1)).toBe(true)
    expect(await undo(LATER - 1)).toBe(false)
    expect(await deletionAt()).toBeNull()
  })

  test('whose time has come is listed, the earliest first, at most as many as asked for', async () => {
    const { db, departures, plan, ann } = await opened()
    const [ben, cas] = [await addUser(db), await addUser(db)]
    await addUser(db)
    await plan(ann, NOW + 2)
    await plan(ben, NOW + 1)
    await plan(cas, LATER)
    expect(await departures.listDue(NOW, 10)).toEqual([])
    expect(await departures.listDue(NOW + 2, 10)).toEqual([ben, ann])
    expect(await departures.listDue(LATER, 2)).toEqual([ben, ann])
  })

  test('a person goes with what refers to them, when the time has come', async () => {
    const { db, ann, plan, complete } = await opened()
    await addSession(db, { userId: ann })
    await addGrant(db, { userId: ann })
    expect(await complete()).toBe(false)
    await plan()
    expect(await complete(LATER - 1)).toBe(false)
    expect(await complete()).toBe(true)
    expect(await complete()).toBe(false)
    for (const name of ['users', 'sessions', 'grants'] as const)
      expect([name, await db.query.select().from(db.tables[name] as typeof db.tables.users)]).toEqual([name, []])
  })

  test('of who undoes it and who deletes at the same moment one wins', async () => {
    const { db, departures, ann, plan } = await opened()
    await plan()
    const ends = await race(db, 10, (tx, nth) =>
      nth % 2 ? departures.undo(tx, ann, LATER - 1) : departures.complete(tx, ann, LATER),
    )
    expect(ends.filter(Boolean)).toHaveLength(1)
  })

  test('who is active and stays is found among many', async () => {
    const { db, departures, ann, plan } = await opened()
    const [locked, leaving] = [await addUser(db, { state: 'locked' }), await addUser(db)]
    await plan(leaving)
    const isOneStaying = (...ids: (typeof ann)[]) => db.transaction((tx) => departures.isOneStaying(tx, ids))
    expect(await isOneStaying()).toBe(false)
    expect(await isOneStaying(locked, leaving)).toBe(false)
    expect(await isOneStaying(locked, leaving, ann)).toBe(true)
  })

  test('it can be time at once, whatever was planned', async () => {
    const { db, departures, ann, plan } = await opened()
    await plan()
    await db.transaction((tx) => departures.hasten(tx, ann, NOW))
    expect(await db.transaction((tx) => departures.complete(tx, ann, NOW))).toBe(true)
  })

  test('a subject is retired, and stays so', async () => {
    const { db, departures } = await opened()
    const retire = (hash: string) => db.transaction((tx) => departures.retireSubject(tx, hash, NOW))
    await retire('a hash')
    await retire('a hash')
    const listed = await db.transaction((tx) => departures.listRetired(tx, ['a hash', 'another']))
    expect(listed).toEqual(['a hash'])
  })

  test('all holders of a role are held, of one place and role only', async () => {
    const { db, ann } = await opened()
    const roles = managerRoleRepository(db)
    const ben = await addUser(db)
    const held = await db.transaction(async (tx) => {
      await roles.grant(tx, { userId: ann, scope: 'instance', role: 'instance_owner' })
      await roles.grant(tx, { userId: ben, scope: 'instance', role: 'instance_owner' })
      await roles.grant(tx, { userId: ben, scope: 'org_1', role: 'organization_owner' })
      return roles.holdAll(tx, 'instance', 'instance_owner')
    })
    expect(held.toSorted()).toEqual([ann, ben].toSorted())
  })
})

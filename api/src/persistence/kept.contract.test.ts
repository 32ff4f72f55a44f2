import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import type { ApplicationId, OrganizationId } from '../domain/ids.ts'
import type { Database, Executor } from './database.ts'
import { bound } from './placeholder.ts'
import { describeOnEveryDatabase } from './testing/databases.ts'
import { addApplication, addDevice, addOrganization, addUser } from './testing/rows.ts'

/** An application with the name of its organization, by a query of `kept`. */
function namesOf(db: Database) {
  const { applications, organizations } = db.tables
  return db.kept(
    'kept_names',
    (on: Executor) =>
      on
        .select({ name: applications.name, owner: organizations.name })
        .from(applications)
        .innerJoin(organizations, eq(organizations.id, applications.organizationId))
        .where(eq(applications.id, bound('id', applications.id))),
    ([row]) => (row ? { names: [row.name, row.owner] } : null),
  )
}

describeOnEveryDatabase('what hardly ever changes', (open, { hasOneConnection }) => {
  const opened = async () => {
    const db = await open()
    const { applications, organizations } = db.tables
    const organizationId = await addOrganization(db, { name: 'Acme' })
    const id = await addApplication(db, { organizationId, name: 'Shop' })
    const rename = (on: Executor, name: string) =>
      on.update(organizations).set({ name }).where(eq(organizations.id, organizationId))
    const find = namesOf(db)
    const ask = async (tx?: Executor) => (await find({ id }, tx))?.names ?? null
    expect(await ask()).toEqual(['Shop', 'Acme'])
    return { db, applications, organizations, organizationId, id, find, ask, rename }
  }

  test('is found anew after a change of any table it was read from, and is null when it is gone', async () => {
    const { db, applications, ask, id, rename } = await opened()
    await rename(db.query, 'Acme and Sons')
    expect(await ask()).toEqual(['Shop', 'Acme and Sons'])
    await db.query.update(applications).set({ name: 'Store' })
    expect(await ask()).toEqual(['Store', 'Acme and Sons'])
    await db.query.delete(applications).where(eq(applications.id, id))
    expect(await ask()).toBeNull()
  })

  test('is not remembered as it was when somebody wrote while it was read', async () => {
    const { db, ask, rename } = await opened()
    for (let turns = 0; turns < 30; turns++) {
      await rename(db.query, 'Acme')
      const adding = db.transaction((tx) => addDevice(db, {}, tx))
      for (let turn = 0; turn < turns; turn++) await Promise.resolve()
      await Promise.all([adding, ask(), db.transaction((tx) => rename(tx, 'New'))])
      expect(await ask()).toEqual(['Shop', 'New'])
    }
  })

  test('is not there, and is there as soon as somebody adds it', async () => {
    const { db, find, organizationId } = await opened()
    const id = 'app_later' as ApplicationId
    expect(await find({ id })).toBeNull()
    await addApplication(db, { id, organizationId, name: 'Late' })
    expect((await find({ id }))?.names).toEqual(['Late', 'Acme'])
  })

  test('is what a transaction made of it for itself, and what it was for all when that fails', async () => {
    const { db, ask, rename } = await opened()
    const failing = db.transaction(async (tx) => {
      expect(await ask(tx)).toEqual(['Shop', 'Acme'])
      await rename(tx, 'Gone')
      expect(await ask(tx)).toEqual(['Shop', 'Gone'])
      expect(await ask(tx)).toEqual(['Shop', 'Gone'])
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    expect(await ask()).toEqual(['Shop', 'Acme'])
    expect(await db.transaction((tx) => ask(tx))).toEqual(['Shop', 'Acme'])
  })

  test('is for nobody what a transaction that did not commit yet made of it', async () => {
    if (hasOneConnection) return
    const { db, ask, rename } = await opened()
    const [renamed, looked] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const writing = db.transaction(async (tx) => {
      await rename(tx, 'Soon')
      renamed.resolve()
      await looked.promise
    })
    await renamed.promise
    expect(await ask()).toEqual(['Shop', 'Acme'])
    looked.resolve()
    await writing
    expect(await ask()).toEqual(['Shop', 'Soon'])
  })

  test('several who write and ask in one turn each get what is committed, or what they wrote', async () => {
    const { db, ask, rename } = await opened()
    const work = ['a', 'b', 'bad', 'c'].map((name) =>
      db.transaction(async (tx) => {
        await rename(tx, name)
        const seen = await ask(tx)
        if (name === 'bad') throw new Error('no')
        return seen
      }),
    )
    const done = await Promise.allSettled([...work, ask(), ask()])
    const seen = done.map((one) => (one.status === 'fulfilled' ? one.value?.[1] : 'failed'))
    expect(seen.slice(0, 4)).toEqual(['a', 'b', 'failed', 'c'])
    for (const name of seen.slice(4)) expect(['Acme', 'a', 'b', 'c']).toContain(name)
    const [, last] = (await ask())!
    expect(last).toBe((await db.query.select().from(db.tables.organizations))[0]!.name)
  })

  test('goes on through changes of other tables', async () => {
    const { db, ask, organizationId } = await opened()
    await addUser(db, { organizationId: organizationId as OrganizationId })
    expect(await ask()).toEqual(['Shop', 'Acme'])
  })
})

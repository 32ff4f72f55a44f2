import { setTimeout as sleep } from 'node:timers/promises'
import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import type { OrganizationId } from '../domain/ids.ts'
import type { Executor } from './database.ts'
import { bound } from './placeholder.ts'
import { describeOnEveryDatabase } from './testing/databases.ts'
import { NOW } from './testing/rows.ts'

describeOnEveryDatabase('transactions', (open, place) => {
  const { hasOneConnection } = place
  const opened = async () => {
    const db = await open()
    const { organizations } = db.tables
    const add = (on: Executor, name: string) =>
      on
        .insert(organizations)
        .values({ id: `org_${name}` as OrganizationId, name, primaryDomain: name, createdAt: NOW })
    const named = db.statement('transactions_named', (on) =>
      on
        .select()
        .from(organizations)
        .where(eq(organizations.name, bound('name', organizations.name))),
    )
    const names = async () => (await db.query.select().from(organizations)).map(({ name }) => name).toSorted()
    return { db, organizations, add, named, names }
  }

  test('all of it is there afterwards, and what it returns is returned', async () => {
    const { db, add, names } = await opened()
    const answer = await db.transaction(async (tx) => {
      await add(tx, 'one')
      await add(tx, 'two')
      return 'done'
    })
    expect([answer, ...(await names())]).toEqual(['done', 'one', 'two'])
  })

  test('nothing of it is there when it throws, and the error comes through', async () => {
    const { db, add, names } = await opened()
    const boom = new Error('boom')
    const failing = db.transaction(async (tx) => {
      await add(tx, 'gone')
      throw boom
    })
    await expect(failing).rejects.toBe(boom)
    expect(await names()).toEqual([])
  })

  test('nothing of it is there when a statement fails, and the next one is unharmed', async () => {
    const { db, add, names } = await opened()
    const failing = db.transaction(async (tx) => {
      await add(tx, 'twice')
      await add(tx, 'twice')
    })
    await expect(failing).rejects.toThrow('Failed query')
    await db.transaction((tx) => add(tx, 'next'))
    expect(await names()).toEqual(['next'])
  })

  test('what is not committed is seen inside, and outside by nobody; readers wait only for the one connection', async () => {
    const { db, organizations, add, named, names } = await opened()
    const added = Promise.withResolvers<number>()
    const end = Promise.withResolvers<void>()
    const writing = db.transaction(async (tx) => {
      await add(tx, 'brief')
      added.resolve((await named({ name: 'brief' }, tx)).length)
      await end.promise
      await tx.delete(organizations)
    })
    expect(await added.promise).toBe(1)
    const reading = names()
    const seen = await Promise.race([reading, sleep(hasOneConnection ? 50 : 10_000, 'waits')])
    expect(seen).toEqual(hasOneConnection ? 'waits' : [])
    end.resolve()
    await writing
    expect(await reading).toEqual([])
  })

  test('what was committed is read at once', async () => {
    const { db, add, named, names } = await opened()
    for (let nth = 0; nth < 20; nth++) {
      await db.transaction((tx) => add(tx, `n${nth}`))
      expect(await named({ name: `n${nth}` })).toHaveLength(1)
    }
    expect(await names()).toHaveLength(20)
  })

  describe('a nested one', () => {
    test('joins the outer one', async () => {
      const { db, add, named, names } = await opened()
      await db.transaction(async (tx) => {
        await add(tx, 'outer')
        await db.transaction(async (inner) => {
          expect(await named({ name: 'outer' }, inner)).toHaveLength(1)
          await add(inner, 'inner')
        })
      })
      expect(await names()).toEqual(['inner', 'outer'])
    })

    test('that failed fails the outer one, although somebody caught its error', async () => {
      const { db, add, names } = await opened()
      const failing = db.transaction(async (tx) => {
        await add(tx, 'half')
        await db.transaction(() => Promise.reject(new Error('inner'))).catch(() => undefined)
      })
      await expect(failing).rejects.toThrow('a nested transaction failed')
      expect(await names()).toEqual([])
    })
  })

  describe('the wrong handle is refused', () => {
    test('query and a statement without tx, inside', async () => {
      const { db, add, named, names } = await opened()
      const inside = (work: () => PromiseLike<unknown>) => db.transaction(async () => await work())
      await expect(inside(() => add(db.query, 'stray'))).rejects.toThrow('use its tx')
      await expect(inside(() => named({ name: 'x' }))).rejects.toThrow('use its tx')
      await expect(inside(() => names())).rejects.toThrow('use its tx')
      expect(await names()).toEqual([])
    })

    test('query that was built outside and is awaited inside', async () => {
      const { db, add, names } = await opened()
      const query = add(db.query, 'stray')
      const inside = db.transaction(async () => {
        await query
      })
      await expect(inside).rejects.toThrow('use its tx')
      expect(await names()).toEqual([])
    })

    test('a tx that is over, and what was built with it and is awaited later', async () => {
      const { db, add, named, names } = await opened()
      let leaked!: Executor
      let query!: PromiseLike<unknown>
      await db.transaction(async (tx) => {
        leaked = tx
        query = add(tx, 'late')
      })
      expect(() => leaked.select()).toThrow('is over')
      await expect(named({ name: 'x' }, leaked)).rejects.toThrow('is over')
      await expect(query).rejects.toThrow('is over')
      expect(await names()).toEqual([])
    })
  })

  test('a promise that outlives its transaction does not slip into the next one', async () => {
    const { db, add, names } = await opened()
    let late: Promise<unknown> = Promise.resolve()
    await db.transaction(async () => {
      late = sleep(10).then(() => add(db.query, 'late'))
    })
    const failing = db.transaction(async (tx) => {
      await add(tx, 'undone')
      await sleep(40)
      throw new Error('roll back')
    })
    await expect(failing).rejects.toThrow('roll back')
    await late
    expect(await names()).toEqual(['late'])
  })

  test('many at once all come through', async () => {
    const { db, add, names } = await opened()
    await Promise.all(Array.from({ length: 30 }, (_, nth) => db.transaction((tx) => add(tx, `n${nth}`))))
    expect(await names()).toHaveLength(30)
  })

  test('of two that wait for each other one is done again, and both come through', async () => {
    const { db, organizations, add } = await opened()
    for (const name of ['one', 'two']) await add(db.query, name)
    let tries = 0
    const rename = (tx: Executor, from: string, by: string) =>
      tx
        .update(organizations)
        .set({ name: `${from} of ${by}` })
        .where(eq(organizations.primaryDomain, from))
    const both = (by: string, [first, second]: [string, string]) =>
      db.transaction(async (tx) => {
        tries++
        await rename(tx, first, by)
        await sleep(200)
        await rename(tx, second, by)
      })
    await Promise.all([both('ann', ['one', 'two']), both('ben', ['two', 'one'])])
    const names = (await db.query.select().from(organizations)).map(({ name }) => name).toSorted()
    expect([
      ['one of ann', 'two of ann'],
      ['one of ben', 'two of ben'],
    ]).toContainEqual(names)
    expect(tries).toBe(place.name === 'a PostgreSQL server' ? 3 : 2)
  })

  test('a conflict is seen in an empty answer, not in an error', async () => {
    const { db, organizations, add } = await opened()
    const tryToAdd = () => add(db.query, 'acme').onConflictDoNothing().returning({ id: organizations.id })
    expect(await tryToAdd()).toHaveLength(1)
    expect(await tryToAdd()).toHaveLength(0)
  })
})

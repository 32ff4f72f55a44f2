import { expect, onTestFinished, test, vi } from 'vitest'
import { migrationsOf } from './migrate.ts'
import { describeInEveryPlace, PATIENCE } from './testing/databases.ts'
import { addUser } from './testing/rows.ts'

describeInEveryPlace('migrations', ({ create }) => {
  vi.setConfig({ testTimeout: PATIENCE })
  const opened = async () => {
    const db = await create()
    onTestFinished(() => db.close())
    return db
  }

  test('they are applied once, in order, whoever comes at the same moment, and rows stay', async () => {
    const db = await opened()
    const migrations = migrationsOf(db.kind)
    const names = migrations.map(({ name }) => name)
    expect(names).toEqual(names.toSorted())
    const answers = await Promise.all(Array.from({ length: 5 }, () => db.migrate(migrations)))
    expect(answers.toSorted((a, b) => b.length - a.length)).toEqual([names, [], [], [], []])
    const id = await addUser(db)
    expect(await db.migrate(migrations)).toEqual([])
    expect(await db.query.select().from(db.tables.users)).toMatchObject([{ id }])
  })

  test('one that fails in the middle leaves nothing behind, and is applied when it is repaired', async () => {
    const db = await opened()
    const start = migrationsOf(db.kind)
    const next = (second: string) => [
      ...start,
      { name: '9999_next', statements: ['create table extra (id text)', second] },
    ]
    await expect(db.migrate(next('create nonsense'))).rejects.toThrow('nonsense')
    await expect(addUser(db)).rejects.toThrow('Failed query')
    expect(await db.migrate(start)).toEqual(start.map(({ name }) => name))
    await expect(db.migrate(next('create nonsense'))).rejects.toThrow('nonsense')
    await addUser(db)
    expect(await db.migrate(next('create table another (id text)'))).toEqual(['9999_next'])
    expect(await db.migrate(next('create table another (id text)'))).toEqual([])
  })
})

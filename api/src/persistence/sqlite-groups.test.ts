import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { Database, Executor } from './database.ts'
import { migrationsOf } from './migrate.ts'
import { openSqlite } from './open-sqlite.ts'
import { NOW, nextId } from './testing/rows.ts'

async function openFile() {
  const folder = mkdtempSync(join(tmpdir(), 'groups-'))
  const file = join(folder, 'test.db')
  const db = openSqlite(file)
  onTestFinished(async () => {
    await db.close()
    rmSync(folder, { recursive: true })
  })
  await db.migrate(migrationsOf('sqlite'))
  return { db, commits: () => countCommits(`${file}-wal`) }
}

/** Frames of the log that end a transaction: they say how large the database is then (SQLite file format, 4.1). */
function countCommits(file: string): number {
  const log = readFileSync(file)
  const frame = 24 + log.readUInt32BE(8)
  let commits = 0
  for (let at = 32; at < log.length; at += frame) if (log.readUInt32BE(at + 4) > 0) commits++
  return commits
}

const add = (db: Database, tx: Executor, userAgent: string) =>
  tx
    .insert(db.tables.devices)
    .values({ id: nextId<never>('dev'), tokenHash: nextId('hash'), userAgent, createdAt: NOW, lastSeenAt: NOW })
const browsers = async (db: Database) =>
  (await db.query.select().from(db.tables.devices)).map(({ userAgent }) => userAgent).sort()
const failing = (db: Database, userAgent: string) =>
  db.transaction(async (tx) => {
    await add(db, tx, userAgent)
    throw new Error(`no ${userAgent}`)
  })

const turn = () => new Promise((resolve) => setImmediate(resolve))

/** Writes in a transaction for each, and goes on to the next turn of the event loop when one has begun. */
async function addInTurns(db: Database, names: string[]): Promise<void> {
  const all: Promise<unknown>[] = []
  for (const name of names) {
    const begun = Promise.withResolvers<void>()
    all.push(
      db.transaction(async (tx) => {
        begun.resolve()
        await add(db, tx, name)
      }),
    )
    await begun.promise
    await turn()
  }
  await Promise.all(all)
}

test('who writes in one turn of the event loop is committed together', async () => {
  const { db, commits } = await openFile()
  const before = commits()
  await Promise.all([
    ...['a', 'b', 'c'].map((name) => db.transaction((tx) => add(db, tx, name))),
    add(db, db.query, 'without a transaction of its own'),
  ])
  expect(commits() - before).toBe(1)
  expect(await browsers(db)).toEqual(['a', 'b', 'c', 'without a transaction of its own'])
})

test('for as long as each turn brings somebody there is no commit, up to a number of turns', async () => {
  const { db, commits } = await openFile()
  const before = commits()
  const few = Array.from({ length: 12 }, (_, at) => `few ${at}`)
  await addInTurns(db, few)
  expect(commits() - before).toBe(1)
  const many = Array.from({ length: 24 }, (_, at) => `many ${at}`)
  await addInTurns(db, many)
  expect(commits() - before).toBe(3)
  expect(await browsers(db)).toEqual([...few, ...many].sort())
})

test('who comes after a turn without anybody is committed later', async () => {
  const { db, commits } = await openFile()
  const before = commits()
  const first = db.transaction((tx) => add(db, tx, 'a'))
  for (let turns = 0; turns < 3; turns++) await turn()
  await Promise.all([first, db.transaction((tx) => add(db, tx, 'b'))])
  expect(commits() - before).toBe(2)
  await db.transaction((tx) => add(db, tx, 'c'))
  expect(commits() - before).toBe(3)
})

test.each([[['bad', 'a', 'b']], [['a', 'bad', 'b']], [['a', 'b', 'bad']], [['bad', 'a', 'bad', 'b', 'bad']]])(
  'of %j nothing is left of who fails, and all of the others',
  async (names) => {
    const { db } = await openFile()
    const done = await Promise.allSettled(
      names.map((name) => (name === 'bad' ? failing(db, name) : db.transaction((tx) => add(db, tx, name)))),
    )
    expect(done.map(({ status }) => status)).toEqual(names.map((name) => (name === 'bad' ? 'rejected' : 'fulfilled')))
    expect(await browsers(db)).toEqual(['a', 'b'])
  },
)

test('what somebody sees of others is committed before it is told, and what is half done is seen by nobody', async () => {
  const { db, commits } = await openFile()
  const before = commits()
  let seenHalfway: string[] = []
  const writing = db.transaction(async (tx) => {
    await add(db, tx, 'a')
    halfway.resolve()
    await looked.promise
    await add(db, tx, 'b')
  })
  const [halfway, looked] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const looking = halfway.promise.then(async () => {
    seenHalfway = await browsers(db)
    looked.resolve()
  })
  const atOnce = writing.then(() => browsers(db))
  await looking
  expect(seenHalfway).toEqual([])
  expect(await atOnce).toEqual(['a', 'b'])

  let told = 0
  const another = db.transaction((tx) => add(db, tx, 'c'))
  // its statement has run by then, and its commit has not
  const reading = new Promise((resolve) => process.nextTick(resolve))
    .then(() => browsers(db))
    .then((seen) => {
      told = commits() - before
      return seen
    })
  expect(await reading).toEqual(['a', 'b', 'c'])
  expect(told).toBe(2)
  await another
})

test('where SQLite itself throws everything away, nobody is told that it is there', async () => {
  const { db } = await openFile()
  const bomb = `create trigger bomb after insert on devices when new.user_agent = 'bomb' begin select raise(rollback, 'gone'); end`
  await db.migrate([{ name: 'bomb', statements: [bomb] }])
  const names = ['a', 'bomb', 'b']
  const done = await Promise.allSettled(names.map((name) => db.transaction((tx) => add(db, tx, name))))
  expect(done.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled'])
  expect(await browsers(db)).toEqual(['b'])

  // also where it is caught, and more is written after it
  const caught = db.transaction(async (tx) => {
    await add(db, tx, 'bomb').then(undefined, () => undefined)
    await add(db, tx, 'c')
  })
  await expect(caught).rejects.toThrow()
  expect(await browsers(db)).toEqual(['b'])
})

test('where a commit fails nobody is told that it is done, and who only reads sees what was there before', async () => {
  const { db } = await openFile()
  await db.transaction((tx) => add(db, tx, 'before'))
  const late = [
    'create table house (id integer primary key)',
    'create table guest (house integer references house (id) deferrable initially deferred)',
    `create trigger late after insert on devices when new.user_agent = 'late' begin insert into guest values (1); end`,
  ]
  await db.migrate([{ name: 'late', statements: late }])
  const writing = ['a', 'late'].map((name) => db.transaction((tx) => add(db, tx, name)))
  // what they wrote is there by then, and its commit is not
  const reading = new Promise((resolve) => process.nextTick(resolve)).then(() => browsers(db))
  const done = await Promise.allSettled(writing)
  expect(done.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  expect(await reading).toEqual(['before'])
  await db.transaction((tx) => add(db, tx, 'b'))
  expect(await browsers(db)).toEqual(['b', 'before'])
})

test('a database that closes commits first what is still open', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'groups-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'test.db')
  const db = openSqlite(file)
  await db.migrate(migrationsOf('sqlite'))
  const writing = db.transaction((tx) => add(db, tx, 'a'))
  await Promise.all([writing, db.close()])
  const again = openSqlite(file)
  expect(await browsers(again)).toEqual(['a'])
  await again.close()
})

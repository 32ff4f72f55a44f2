import { expect, test } from 'vitest'
import { DatabaseBusy } from './database.ts'
import { createFlush } from './sqlite-flush.ts'

/** A log whose disk answers when it is told to, and that can not be opened so many times. */
function createLog(failures = 0) {
  const asked: { answer: () => void; fail: (error: Error) => void }[] = []
  const opened: string[] = []
  const log = createFlush('/data/x-wal', async (path) => {
    opened.push(path)
    if (opened.length <= failures) throw new Error('EMFILE')
    return {
      datasync: () => new Promise<void>((answer, fail) => asked.push({ answer, fail })),
      close: async () => void opened.push('closed'),
    }
  })
  return { ...log, asked, opened }
}
const settled = () => new Promise((resolve) => setImmediate(resolve))

test('those who hear of one commit share a flush, and whoever comes while it runs waits for the next one', async () => {
  const { flush, asked } = createLog()
  const done: string[] = []
  const committed = Promise.withResolvers<void>()
  const wait = async (name: string) => {
    await committed.promise
    await flush()
    done.push(name)
  }
  const all = [wait('first'), wait('second')]
  committed.resolve()
  await settled()
  all.push(wait('third'), wait('fourth'))
  await settled()
  expect(asked).toHaveLength(1)
  asked[0]!.answer()
  await settled()
  expect(done).toEqual(['first', 'second'])
  expect(asked).toHaveLength(2)
  asked[1]!.answer()
  await Promise.all(all)
  expect(done).toEqual(['first', 'second', 'third', 'fourth'])
  void wait('later')
  await settled()
  expect(asked).toHaveLength(3)
})

test('a disk that fails fails those who wait for it, and the next are served', async () => {
  const { flush, asked } = createLog()
  const failed = flush().catch((error: unknown) => error)
  await settled()
  const next = flush()
  asked[0]!.fail(new Error('EIO'))
  expect(await failed).toBeInstanceOf(DatabaseBusy)
  await settled()
  asked[1]!.answer()
  await next
})

test('it opens the log once, and closes it after the last flush', async () => {
  const { flush, close, asked, opened } = createLog()
  const running = flush()
  await settled()
  const closing = close()
  expect(opened).toEqual(['/data/x-wal'])
  asked[0]!.answer()
  await Promise.all([running, closing])
  expect(opened).toEqual(['/data/x-wal', 'closed'])
})

test('a log that could not be opened is opened for the next who wait', async () => {
  const { flush, close, asked, opened } = createLog(1)
  await expect(flush()).rejects.toThrow(DatabaseBusy)
  const next = flush()
  await settled()
  asked[0]!.answer()
  await next
  await close()
  expect(opened).toEqual(['/data/x-wal', '/data/x-wal', 'closed'])
})

import { type FileHandle, open } from 'node:fs/promises'
import { DatabaseBusy } from './database.ts'

type Log = Pick<FileHandle, 'datasync' | 'close'>

/**
 * Makes all that was committed so far survive a power failure: the log that SQLite writes commits to is forced onto the disk. With
 * `synchronous=FULL` SQLite does that at every commit, and the whole process stands still meanwhile. This waits on another thread, and
 * one flush serves everything that was committed before it began.
 */
export function createFlush(file: string, openLog: (path: string, flags: string) => Promise<Log> = open) {
  let log: Promise<Log> | undefined
  let running: Promise<void> | undefined
  let next: Promise<void> | undefined

  /** There from the first commit on, and the same file for as long as the database is open. What failed to open is opened again. */
  async function openOnce(): Promise<Log> {
    log ??= openLog(file, 'r+')
    try {
      return await log
    } catch (error) {
      log = undefined
      throw error
    }
  }

  async function force(): Promise<void> {
    try {
      await (await openOnce()).datasync()
    } catch (cause) {
      throw new DatabaseBusy('the disk does not answer', { cause })
    } finally {
      running = undefined
    }
  }
  const start = () => {
    next = undefined
    running = force()
    return running
  }

  return {
    /** @throws DatabaseBusy: whether it lasts is not known */
    flush(): Promise<void> {
      if (!running) return start()
      // the one that runs may have begun before this commit
      next ??= running.then(start, start)
      return next
    },
    async close(): Promise<void> {
      await Promise.allSettled([running, next])
      await (await log)?.close()
    },
  }
}

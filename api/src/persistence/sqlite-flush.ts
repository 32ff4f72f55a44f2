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

  async function force(before: Promise<void> | undefined): Promise<void> {
    // a failure was told to those who waited for it
    await before?.catch(() => undefined)
    await untilAllHaveHeard()
    running = next
    next = undefined
    try {
      await (await openOnce()).datasync()
    } catch (cause) {
      throw new DatabaseBusy('the disk does not answer', { cause })
    }
  }

  return {
    /**
     * Those who come before one begins share it; the one that runs may have begun before their commit.
     * @throws DatabaseBusy: whether it lasts is not known
     */
    flush: (): Promise<void> => (next ??= force(running)),
    async close(): Promise<void> {
      await untilAllHaveHeard()
      await Promise.allSettled([running, next])
      await (await log)?.close()
    },
  }
}

/** Those who are told of one commit go on one after the other, and a tick comes after all of them. */
const untilAllHaveHeard = () => new Promise<void>((resolve) => process.nextTick(resolve))

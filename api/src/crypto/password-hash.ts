import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { createQueue } from '../queue.ts'

/** argon2id (RFC 9106). `memory` in KiB. */
export type HashCost = { memory: number; passes: number }

export type PasswordHasher = {
  /** A PHC string. */
  hash(password: string): Promise<string>
  /**
   * `null` for a person without a password, or nobody: the same work is done, and the answer is no. Hashes of other products are checked
   * too, in all forms of `parseImportedHash`.
   */
  verify(stored: string | null, password: string): Promise<boolean>
  /** Whether a stored hash was made at another cost, or elsewhere in another form, and should be made anew. */
  isOutdated(stored: string): boolean
  waiting(): number
  /** @throws Unavailable when the line is full now, before anything is done for a hash that would be turned away */
  mustHaveRoom(): void
}

/** More than this many hashes in line and the answer is 503: parallel hashing is how such servers run out of memory. */
const MOST_WAITING = 50

/** @throws Unavailable when the line is full. */
export function createPasswordHasher({ memory, passes }: HashCost, width = availableParallelism()): PasswordHasher {
  const queue = createQueue(width, MOST_WAITING)
  // loaded when the first password comes, and asked for by name only then
  let library: Promise<typeof import('@node-rs/argon2')> | undefined
  const argon2 = () => (library ??= import('@node-rs/argon2'))
  const options = { memoryCost: memory, timeCost: passes, parallelism: 1 }
  let decoy: Promise<string> | undefined
  return {
    hash: (password) => queue.run(async () => (await argon2()).hash(password, options)),
    async verify(stored, password) {
      decoy ??= argon2().then(({ hash }) => hash('nobody has this password', options))
      const against = stored ?? (await decoy)
      const matches = await queue.run(async () =>
        isArgon2(against)
          ? (await argon2()).verify(withoutScheme(against), password)
          : verifyElsewhere(against, password),
      )
      return matches && stored !== null
    },
    isOutdated: (stored) => !stored.startsWith(`$argon2id$v=19$m=${memory},t=${passes},p=1$`),
    waiting: queue.waiting,
    mustHaveRoom: queue.mustHaveRoom,
  }
}

const isArgon2 = (stored: string) => withoutScheme(stored).startsWith('$argon2')
const withoutScheme = (stored: string) => stored.replace(/^\{ARGON2\}/, '')

/** In a thread of its own: most of these are computed in JavaScript, and everybody else would wait. A person needs it once. */
function verifyElsewhere(stored: string, password: string): Promise<boolean> {
  const worker = new Worker(new URL('./imported-hash-worker.ts', import.meta.url), { workerData: { stored, password } })
  return new Promise((settle, fail) => {
    worker.once('message', settle)
    worker.once('error', fail)
    worker.once('exit', () => fail(new Error('a thread ended without an answer')))
  })
}

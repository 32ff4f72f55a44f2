import { randomBytes } from 'node:crypto'
import type { RandomBytes } from './token.ts'

const POOL = 4096

/**
 * Random bytes from the system's generator, fetched for many uses at once: a call into it costs more than the token it is for. No byte
 * is handed out twice.
 */
export function createRandomPool(): RandomBytes {
  let pool = Buffer.alloc(0)
  let used = 0
  return (size) => {
    if (size > POOL) return randomBytes(size)
    if (used + size > pool.length) {
      pool = randomBytes(POOL)
      used = 0
    }
    used += size
    return pool.subarray(used - size, used)
  }
}

import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { StartRefused } from '../domain/start-refused.ts'
import type { RandomBytes } from './token.ts'

export class WeakMasterKey extends StartRefused {}

/** 32 bytes or more, in base64url, base64 or hex. Refuses what is shorter or plainly not random. */
export function parseMasterKey(text: string): Buffer {
  const trimmed = text.trim()
  const key = /^[0-9a-f]{64,}$/i.test(trimmed) ? Buffer.from(trimmed, 'hex') : Buffer.from(trimmed, 'base64url')
  if (key.length < 32)
    throw new WeakMasterKey('MASTER_KEY needs 32 random bytes, for example from: openssl rand -base64 32')
  if (new Set(key).size < 12)
    throw new WeakMasterKey('MASTER_KEY is not random. Make one with: openssl rand -base64 32')
  return key
}

/**
 * The key file of a data directory, made at the first start, readable by its owner alone. `mayCreate` is false once something was sealed:
 * a new key would open none of it.
 */
export function masterKeyOf(dataDir: string, randomBytes: RandomBytes, mayCreate = true): Buffer {
  const file = join(dataDir, 'master.key')
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  if (!existsSync(file) && !mayCreate)
    throw new StartRefused(
      `${file} is missing, and the stored signing keys were sealed with it. Put it back from a backup.`,
    )
  if (!existsSync(file)) writeFileSync(file, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' })
  const { mode } = statSync(file)
  if (process.platform !== 'win32' && (mode & 0o077) !== 0) chmodSync(file, 0o600)
  return parseMasterKey(readFileSync(file, 'utf8'))
}

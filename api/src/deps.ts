import type { Logger } from 'pino'
import type { KeyRing } from './crypto/key-ring.ts'
import type { PasswordHasher } from './crypto/password-hash.ts'
import type { SecretBox } from './crypto/secret-box.ts'
import type { RandomBytes } from './crypto/token.ts'
import type { Database } from './persistence/database.ts'
import type { Repositories } from './persistence/repositories/index.ts'
import type { Settings } from './settings.ts'

/** Wall time in milliseconds. */
export type Clock = { now(): number }

/** Everything that is not pure comes in here: databases, time, randomness, keys. */
export type Deps = {
  settings: Settings
  db: Database
  repositories: Repositories
  clock: Clock
  randomBytes: RandomBytes
  passwords: PasswordHasher
  keys: KeyRing
  box: SecretBox
  log: Logger
}

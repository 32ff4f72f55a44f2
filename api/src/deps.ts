import type { Logger } from 'pino'
import type { KeyRing } from './crypto/key-ring.ts'
import type { NewMachineKey } from './crypto/machine-key.ts'
import type { PasswordHasher } from './crypto/password-hash.ts'
import type { ProofOfWork } from './crypto/proof-of-work.ts'
import type { SecretBox } from './crypto/secret-box.ts'
import type { RandomBytes } from './crypto/token.ts'
import type { Turns } from './crypto/turns.ts'
import type { Webauthn } from './crypto/webauthn.ts'
import type { OrganizationId } from './domain/ids.ts'
import type { Outbound } from './outbound/outbound.ts'
import type { RemoteKeys } from './outbound/remote-keys.ts'
import type { Post } from './outbox/post.ts'
import type { Database } from './persistence/database.ts'
import type { Repositories } from './persistence/repositories/index.ts'
import type { Pictures } from './pictures/pictures.ts'
import type { Settings } from './settings.ts'
import type { SharedRows } from './shared-rows.ts'
import type { Tallies } from './tallies.ts'

/** Wall time in milliseconds. */
export type Clock = { now(): number }

/** Where the people of an organization sign in besides the public address. */
export type Address = { origin: string; organizationId: OrganizationId }

/** Everything that is not pure comes in here: databases, time, randomness, keys. */
export type Deps = {
  settings: Settings
  /** The organization whose login domain this address is: at it there is no other. Null at the public address. */
  home: OrganizationId | null
  db: Database
  repositories: Repositories
  clock: Clock
  randomBytes: RandomBytes
  /** The place of an event among those of this process: within one millisecond they keep their order. */
  countEvent: () => number
  passwords: PasswordHasher
  pictures: Pictures
  /** Guesses that are being compared, by whom they are at. */
  turns: Turns
  /** Rows of access tokens that JWTs of machines hang on together. */
  sharedRows: SharedRows
  proofOfWork: ProofOfWork
  keys: KeyRing
  box: SecretBox
  webauthn: Webauthn
  /** Mails and text messages, from the template to the provider. Only the worker delivers; everybody else calls `sendMessage`. */
  post: Post
  /** The way out to addresses that somebody configured. */
  outbound: Outbound
  /** Public keys of applications that keep them at an address. */
  remoteKeys: RemoteKeys
  /** A pair for a service user. */
  newMachineKey: NewMachineKey
  tallies: Tallies
  log: Logger
}

/** What authenticators are asked and answer, as JSON. */
export type {
  AssertionResponse,
  CreationOptions,
  RegistrationResponse,
  RequestOptions,
} from '@vestibule/shared/contract/webauthn.ts'
/** What the use-cases say of rows, named here so that nothing above knows where they come from. */
export type { RegisteredKey } from './crypto/public-key.ts'
export type { Turn } from './crypto/turns.ts'
export type { Letter, Rendered } from './outbox/letter.ts'
export type { SunkMessage } from './outbox/transports/sink.ts'
export type { Executor } from './persistence/database.ts'
export type { ValidAccessToken } from './persistence/repositories/access-tokens.ts'
export type { KnownApplication, StoredApplication } from './persistence/repositories/applications.ts'
export type { AuthRequest } from './persistence/repositories/auth-requests.ts'
export type { AuthorizationCode } from './persistence/repositories/authorization-codes.ts'
export type { TotpCredential } from './persistence/repositories/credentials.ts'
export type { DeviceAuthorization, NewDeviceAuthorization } from './persistence/repositories/device-authorizations.ts'
export type { Device } from './persistence/repositories/devices.ts'
export type { EnrollmentPlace } from './persistence/repositories/enrollments.ts'
export type { StoredEvent } from './persistence/repositories/events.ts'
export type { LiveGrant, LogoutParty, NewGrant } from './persistence/repositories/grants.ts'
export type { KnownAccount } from './persistence/repositories/known-accounts.ts'
export type { LoginFailures } from './persistence/repositories/login-failures.ts'
export type { LogoutNotice } from './persistence/repositories/logout-notices.ts'
export type { ListedApplication } from './persistence/repositories/managed-applications.ts'
export type { ListedServiceUser } from './persistence/repositories/managed-service-users.ts'
export type { ListedUser } from './persistence/repositories/managed-users.ts'
export type { CodePlace, OneTimeCode } from './persistence/repositories/one-time-codes.ts'
export type { Organization } from './persistence/repositories/organizations.ts'
export type { NewMessage, OutboxMessage } from './persistence/repositories/outbox-messages.ts'
export type { Project } from './persistence/repositories/projects.ts'
export type { RefreshToken } from './persistence/repositories/refresh-tokens.ts'
export type { SigningKeyRow } from './persistence/repositories/signing-keys.ts'
export type { StoredUser } from './persistence/repositories/stored-users.ts'
export type { Candidate, KnownUser } from './persistence/repositories/users.ts'
export type { OwnedCredential } from './persistence/repositories/webauthn-credentials.ts'

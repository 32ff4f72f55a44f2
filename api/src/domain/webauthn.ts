import type { AuthRequestId, CredentialId, SessionId, UserId } from './ids.ts'
import type { AccountFacts } from './login/facts.ts'

/** A passkey proves who somebody is by itself (discoverable, user verified); a security key stands beside another proof. */
export const WEBAUTHN_TYPES = ['passkey', 'security_key'] as const
export type WebauthnType = (typeof WEBAUTHN_TYPES)[number]

/** What a challenge may be answered for. */
export const CHALLENGE_PURPOSES = [
  'sign_in',
  'add_passkey',
  'offered_passkey',
  'first_passkey',
  'upgrade',
  'elsewhere',
  'second_factor',
  'enroll_security_key',
  'add_security_key',
] as const
export type ChallengePurpose = (typeof CHALLENGE_PURPOSES)[number]

/** A link is named by its hash. */
export type ChallengeFlow = AuthRequestId | SessionId | `link/${string}`

/** So long a prompt may stay open; the page of a sign-in offers its passkeys as long as its request is pending. Milliseconds. */
export const CHALLENGE_LIFETIME = 600_000

/** A browser that makes a passkey by itself does it at once. Milliseconds. */
export const UPGRADE_LIFETIME = 60_000

/** What an authenticator made, verified. Keys and ids are base64url. */
export type NewWebauthnCredential = {
  credentialId: string
  publicKey: string
  counter: number
  transports: string[]
  isBackupEligible: boolean
  isBackedUp: boolean
  aaguid: string
}

/** As it is kept. */
export type WebauthnCredential = NewWebauthnCredential & {
  id: CredentialId
  userId: UserId
  type: WebauthnType
  /** What its owner calls it; null: the model names it. */
  label: string | null
  createdAt: number
  lastUsedAt: number | null
}

/** So many of a kind somebody may have: nobody can tell more apart. */
export const MOST_CREDENTIALS = 20

/** Whether another way in is left when one of so many passkeys goes. */
export const mayRemovePasskey = (
  { policy, password }: Pick<AccountFacts, 'policy' | 'password'>,
  passkeys: number,
): boolean => (policy.allowPassword && password !== null) || (policy.allowPasskey && passkeys > 1)

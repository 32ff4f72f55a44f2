import type { FirstFactor } from '@vestibule/shared/factors.ts'
import type { OrganizationId, UserId } from './ids.ts'
import type { Profile } from './user.ts'

/**
 * Somebody makes an account of their own, under a pending request. `form` is null until it was sent; it is kept when the person goes back
 * to it.
 */
export type Registration = {
  kind: 'registration'
  at: 'form' | 'code' | 'credential'
  /** What was typed before it was known that somebody registers. */
  hint: string | null
  form: RegistrationForm | null
  /** Set once the address is proven, where what opens the account is still to come: who it will be, so that an authenticator can be told. */
  newcomer: Newcomer | null
}

/** The id of an account that is not there yet, and the name that authenticators know its owner by (base64url). */
export type Newcomer = { id: UserId; handle: string }

/** What was sent, checked, with the password hashed where one was chosen: the account is made of it when the address is confirmed. */
export type RegistrationForm = {
  /** Where the account will be. */
  organizationId: OrganizationId
  email: string
  /** The address has an account: everything goes the same way, and no code fits. */
  isTaken: boolean
  username: string | null
  /** Which of its names went to somebody else since it was sent; said of an address only to whoever proved that it is theirs. */
  lostNames: readonly ('email' | 'username')[]
  phone: string | null
  profile: Profile
  /** What will open the account. */
  way: FirstFactor
  /** Null for a passkey, and once the person went back to the form: a password is typed anew. */
  passwordHash: string | null
  accepted: { document: 'terms' | 'privacy'; version: string; link: string }[]
  language: string
}

/**
 * Somebody forgot a password. Whether the code or the link was right is not kept here: the row of the code says it, and dies with
 * whatever changes about its owner.
 */
export type Reset = {
  kind: 'reset'
  /** Whom it is about; null for a name nobody has. */
  userId: UserId | null
  /** A new password was set: it is asked for now. */
  isDone: boolean
}

/** Recovery codes that were made a moment ago, and that their owner has not yet said to have kept. */
export type NewRecoveryCodes = { kind: 'recovery_codes'; userId: UserId /** In their box. */; sealed: string }

/** What is under way under a request besides the sign-in itself. It is part of the facts that the engine decides on. */
export type Ceremony = Registration | Reset | NewRecoveryCodes

/** A registration of which nothing is known but what was typed elsewhere. */
export const newRegistration = (hint: string | null): Registration => ({
  kind: 'registration',
  at: 'form',
  hint,
  form: null,
  newcomer: null,
})

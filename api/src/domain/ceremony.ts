import type { Profile } from './user.ts'

/** Somebody makes an account of their own, under a pending request. `form` is null until it was sent. */
export type Registration = { kind: 'registration'; form: RegistrationForm | null }

/** What was sent, checked, with the password hashed: the account is made of it when the address is confirmed. */
export type RegistrationForm = {
  email: string
  username: string | null
  phone: string | null
  profile: Profile
  passwordHash: string | null
  accepted: { document: 'terms' | 'privacy'; version: string; link: string }[]
  language: string
}

/** Somebody forgot a password. `isProven`: the code or the link was right, so a new password may be set. */
export type Reset = { kind: 'reset'; isProven: boolean }

/** What is under way under a request besides the sign-in itself. It is part of the facts that the engine decides on. */
export type Ceremony = Registration | Reset

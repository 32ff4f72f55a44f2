import type { SecondFactor, SentCode } from '@vestibule/shared/factors.ts'
import type { LoginPolicy } from '@vestibule/shared/policy.ts'
import type { Assurance, Prompt } from '../auth-request.ts'
import type { Ceremony } from '../ceremony.ts'
import type { CredentialId, OrganizationId, SessionId, UserId } from '../ids.ts'
import type { PasswordFacts } from '../password-age.ts'
import type { SessionFacts } from '../session.ts'
import type { UserState } from '../user.ts'
import type { TrustedDevice } from './trusted-device.ts'

/** What is known of a person when a step is decided. */
export type UserFacts = {
  id: UserId
  subject: string
  organizationId: OrganizationId
  state: UserState
  organizationActive: boolean
  /** When the account goes for good, as its owner wished; null as long as nobody does. */
  deletionAt: number | null
}

/** What somebody holds besides a password, confirmed and ready to be used: a code by mail needs a verified address. */
export type HeldFactors = {
  passkeys: number
  securityKeys: number
  /** What a check may name: one whose credential is gone proves nothing. */
  credentials: readonly CredentialId[]
  /** The one that was used last comes first. */
  second: readonly SecondFactor[]
  /** Where a code could be sent: to a verified address, to a verified number. */
  reachable: readonly SentCode[]
  /** When the person last said "not now". */
  skippedAt: number | null
}

/** An account this browser remembers, with the checks that were made in it. */
export type AccountFacts = {
  session: SessionFacts & { id: SessionId; version: number }
  loginName: string
  user: UserFacts
  policy: LoginPolicy
  /** Null for somebody who has none. */
  password: PasswordFacts | null
  factors: HeldFactors
}

/** All times are milliseconds. Every fact was read from our own rows, in the transaction that acts on the step. */
export type LoginFacts = {
  now: number
  request: {
    createdAt: number
    prompts: ReadonlySet<Prompt>
    /** Milliseconds. */
    maxAge: number | null
    requiredAssurance: Assurance | null
    /** Only a user of this organization may finish. */
    organizationId: OrganizationId | null
    /** It came to the login domain of that organization: nobody has to be told whom it is for. */
    isAtHome: boolean
    /** Only this person may finish. */
    subject: string | null
    loginHint: string | null
    /** A device waits for this login: whoever lets it in says so, each time. */
    isForDevice: boolean
    /** Our own account pages ask, no application. */
    isOwn: boolean
  }
  accounts: readonly AccountFacts[]
  /** Who is not to be asked for a second factor in this browser, of whomever it knows or knew. */
  trusted: readonly TrustedDevice[]
  /** What was typed, and whom it means; `user` is null for a name nobody has, which must look like any other. */
  typed: { loginName: string; user: UserFacts | null; policy: LoginPolicy } | null
  /** A lock after failures keeps guesses at whom the login is about out until then; null where there is none, or no guess is asked for. */
  lockedUntil: number | null
  /** The account that was picked, or that proved itself, under this request. */
  chosen: SessionId | null
  /** "Use another account": the picker is passed over. */
  freshAccount: boolean
  /** The picker is open: nobody goes on from it without being picked, also when one usable account is left. */
  atPicker: boolean
  /** What is under way besides a sign-in. */
  ceremony: Ceremony | null
  /** The code or the link of the reset that is under way was right, and nothing has changed since. */
  resetIsProven: boolean
  /** Who finished a registration or a reset under this request, in a browser that keeps passkeys, and has not said yet whether they want one. */
  passkeyOfferTo: UserId | null
  /** Whether people may make an account of their own where this request leads. Only known when somebody is about to. */
  registrationIsOpen: boolean
  consent: {
    /** Whether this application needs this person's word at all. */
    required: (user: UserFacts) => boolean
    given: boolean
  }
}

import type { LoginPolicy } from '@vestibule/shared/policy.ts'

/** Who and what a story is played with, as an observer knows them. Instants are milliseconds, durations too. */
export type Organization = {
  name: string
  /** As its managers wrote it. */
  policy: Partial<LoginPolicy>
  checkLifetime: number
  idleLifetime: number
  absoluteLifetime: number
  passkeyLifetime: number
  secondLifetime: number
  /** How long a browser may be trusted; 0: none may. */
  trustLifetime: number
  /** Nobody comes in by one factor. */
  isForced: boolean
  /** What does not count here. */
  off: Set<string>
}

export const CODES = ['email_code', 'sms_code'] as const
export type CodeFactor = (typeof CODES)[number]

/** An authenticator app, and the codes of it that were taken. `id`: what the account pages call it. */
export type App = { id: string; secret: string; taken: Set<string> }

/** What somebody could show besides a password. What is not here any more proves nothing. */
export type Holdings = {
  apps: App[]
  /** Where codes are sent to. */
  codes: Set<CodeFactor>
  recovery: Set<string>
  /** Credential ids; of security keys with what the account pages call them. */
  passkeys: Set<string>
  keys: Map<string, string>
}

export const nothing = (): Holdings => ({
  apps: [],
  codes: new Set(),
  recovery: new Set(),
  passkeys: new Set(),
  keys: new Map(),
})

export type Person = {
  id: string
  /** Their address, by which they sign in. */
  loginName: string
  /** Their number, if they have shown one to be theirs. */
  phone: string | null
  organization: Organization
  password: string
  state: 'active' | 'locked' | 'deactivated'
  mustChange: boolean
  isLeaving: boolean
  holds: Holdings
}

/** Whoever changes what opens an account proved themselves within this: nobody else at an unattended browser does. Milliseconds. */
export const STEP_UP = 300_000

/** A code is a proof as long as there is somewhere to send it. */
export const isSentTo = ({ holds, phone }: Person, method: CodeFactor): boolean =>
  holds.codes.has(method) && (method === 'email_code' || phone !== null)

export type Application = {
  clientId: string
  organization: Organization
  asks: 'others' | 'always'
  /** Scopes it was given by people, by their id. */
  given: Map<string, Set<string>>
}

export const LEVELS = ['aal1', 'aal2', 'phr'] as const
export type Level = (typeof LEVELS)[number]

/** An authorization request, or one of our own account pages (no application). */
export type Request = {
  id: string
  browser: number
  openedAt: number
  application: Application | null
  scopes: readonly string[]
  prompts: readonly string[]
  maxAge: number | null
  assurance: Level
  organization: Organization | null
  /** Only this person may finish. */
  only: string | null
  /** Whom somebody said it is about, in this very request: an id, or nobody who could finish it. Null as long as nothing was said. */
  said: string | 'nobody' | null
  /** Agreed to by whomever it is about now. */
  isAgreed: boolean
  isOver: boolean
}

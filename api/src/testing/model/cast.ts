/** Who and what a story is played with, as an observer knows them. Instants are milliseconds, durations too. */
export type Organization = {
  name: string
  checkLifetime: number
  idleLifetime: number
  absoluteLifetime: number
  passkeyLifetime: number
  secondLifetime: number
  /** How long a browser may be trusted; 0: none may. */
  trustLifetime: number
  /** Nobody comes in by one factor. */
  isForced: boolean
}

/** What somebody could show besides a password. What is not here any more proves nothing. */
export type Holdings = {
  /** The authenticator app, and the codes of it that were taken. */
  app: { secret: string; taken: Set<string> } | null
  /** Codes are sent to their address. */
  mailsCodes: boolean
  recovery: Set<string>
  /** Credential ids, also of the security keys. */
  passkeys: Set<string>
  keys: Set<string>
}

export const nothing = (): Holdings => ({
  app: null,
  mailsCodes: false,
  recovery: new Set(),
  passkeys: new Set(),
  keys: new Set(),
})

export type Person = {
  id: string
  loginName: string
  organization: Organization
  password: string
  state: 'active' | 'locked' | 'deactivated'
  mustChange: boolean
  isLeaving: boolean
  holds: Holdings
}

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

import type { Reason } from '@vestibule/shared/login-step.ts'

/** What is known of a person's password when a step is decided. All times are milliseconds. */
export type PasswordFacts = {
  changedAt: number
  /** Somebody else chose it, or somebody else may know it. */
  mustChange: boolean
  /** One older than this has to be replaced; null: never. */
  maxAge: number | null
  /** So long before that its owner is told; null: not at all. */
  warnBefore: number | null
}

/** Why a password has to be replaced before anything else goes on; nothing: it need not. */
export function reasonsToReplace(password: PasswordFacts, now: number): Reason[] {
  if (password.mustChange) return ['password_must_change']
  const end = endOf(password)
  return end !== null && end <= now ? ['password_expired'] : []
}

/** The end of a password that its owner is told about now, or null. */
export function endToTell(password: PasswordFacts, now: number): number | null {
  const end = endOf(password)
  if (end === null || password.warnBefore === null || end <= now) return null
  return end - password.warnBefore <= now ? end : null
}

const endOf = ({ changedAt, maxAge }: PasswordFacts): number | null => (maxAge === null ? null : changedAt + maxAge)

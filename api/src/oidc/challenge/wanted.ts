import type { Deps } from '../../deps.ts'
import { codesOf } from '../../use-cases/factors/sent-code-in-login.ts'
import type { PendingLogin } from '../../use-cases/login/load-login.ts'

/** What this endpoint can take; another proof is for a browser. */
const FIRST = ['password', 'passkey']
const SECOND = ['passkey', 'totp', 'email_code', 'sms_code', 'recovery_code']

/** What is wanted next, as the client reads it. It says of an account what the page says, and no more. */
export type Wanted = { next: 'identifier' | 'first_factor' | 'second_factor' | 'enroll_second_factor' } & Record<
  string,
  unknown
>

/** Null for a step that has no form here: a browser goes on. */
export async function wantedOf(deps: Deps, login: PendingLogin): Promise<Wanted | null> {
  const { step } = login
  switch (step.kind) {
    case 'identify':
    case 'select_account':
      return { next: 'identifier' }
    case 'first_factor':
      return withMethods('first_factor', FIRST, step.methods, { locked_for: lockedFor(deps, step) })
    case 'second_factor':
      return withMethods('second_factor', SECOND, step.methods, {
        locked_for: lockedFor(deps, step),
        codes: (await codesOf(deps, login, step)).map(({ method, to, isSent, endsIn, resendIn, triesLeft }) => ({
          method,
          to,
          is_sent: isSent,
          ends_in: endsIn,
          resend_in: resendIn,
          tries_left: triesLeft,
        })),
      })
    case 'enroll_second_factor':
      return step.canSkip ? { next: 'enroll_second_factor', can_skip: true } : null
    default:
      return null
  }
}

/**
 * Null where what is held can only be shown in a browser: a recovery code stands for what was lost, and is no reason to stay here. A lock that
 * leaves nothing to ask for is said here, because a browser would not help either.
 */
function withMethods(
  next: Wanted['next'],
  taken: readonly string[],
  offered: readonly string[],
  more: object,
): Wanted | null {
  const methods = offered.filter((method) => taken.includes(method))
  const isForBrowser = methods.length < offered.length && methods.every((method) => method === 'recovery_code')
  return isForBrowser ? null : { next, methods, ...more }
}

/** Seconds. */
const lockedFor = ({ clock }: Deps, { lockedUntil }: { lockedUntil: number | null }) =>
  lockedUntil && Math.ceil((lockedUntil - clock.now()) / 1000)

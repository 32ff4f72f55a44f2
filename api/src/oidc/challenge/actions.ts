import { assertionSchema } from '@vestibule/shared/contract/webauthn.ts'
import { SENT_CODES, type SentCode } from '@vestibule/shared/factors.ts'
import type { Deps } from '../../deps.ts'
import { checkTotp } from '../../use-cases/factors/check-totp.ts'
import { skipEnrollment } from '../../use-cases/factors/enroll-in-login.ts'
import { checkRecoveryCode } from '../../use-cases/factors/recovery-codes.ts'
import { enterSentCode, sendCodeInLogin } from '../../use-cases/factors/sent-code-in-login.ts'
import type { Asking } from '../../use-cases/factors/sent-codes.ts'
import type { LoginOutcome } from '../../use-cases/login/advance.ts'
import { checkPassword } from '../../use-cases/login/check-password.ts'
import { identify } from '../../use-cases/login/identify.ts'
import type { LoginHandle } from '../../use-cases/login/load-login.ts'
import { checkPasskey } from '../../use-cases/passkeys/check-passkey.ts'
import { finding, OAuthError } from '../oauth-error.ts'
import type { Parameters } from '../parameters.ts'

type Run = (deps: Deps, login: LoginHandle, asking: Asking) => Promise<LoginOutcome>
type Action = {
  /** Characters. */
  most: number
  /** What to do with a value, once it is read. @throws OAuthError invalid_request */
  of(value: string): Run
}

type Typed = { code: string; address: string; userAgent: string; trustDevice: boolean }

/** No device is trusted from here: trust is a cookie of a browser. */
const code = (run: (deps: Deps, login: LoginHandle, typed: Typed) => Promise<LoginOutcome>) => ({
  most: 200,
  of:
    (value: string): Run =>
    (deps, login, { address, userAgent }) =>
      run(deps, login, { code: value, address, userAgent, trustDevice: false }),
})

/**
 * What a person may say here, in the order in which it is taken: each is the action of the login that a browser calls, with its step, its
 * counting and its words.
 */
const ACTIONS: Record<string, Action> = {
  identifier: { most: 254, of: (value) => (deps, login) => identify(deps, login, value) },
  password: {
    most: 1024,
    of:
      (password) =>
      (deps, login, { address }) =>
        checkPassword(deps, login, {
          password,
          staySignedIn: false,
          keepsPasskeys: false,
          createsPasskeys: false,
          address,
        }),
  },
  passkey: {
    most: 4096,
    of(value) {
      const credential = assertionOf(value)
      return (deps, login) => checkPasskey(deps, login, { credential, staySignedIn: false })
    },
  },
  send_code: {
    most: 20,
    of(value) {
      const method = sentCodeOf(value)
      return (deps, login, asking) => sendCodeInLogin(deps, login, method, asking)
    },
  },
  totp: code(checkTotp),
  email_code: code((deps, login, typed) => enterSentCode(deps, login, { method: 'email_code', ...typed })),
  sms_code: code((deps, login, typed) => enterSentCode(deps, login, { method: 'sms_code', ...typed })),
  recovery_code: code(checkRecoveryCode),
  /** "Not now" to setting up a second factor, where that may be said. */
  skip_enrollment: { most: 10, of: () => (deps, login) => skipEnrollment(deps, login) },
}

/** Their names, and those of what goes with them: none is a parameter of an authorization request. */
export const BROUGHT = [...Object.keys(ACTIONS), 'auth_session', 'passkey_options'] as const

export type Brought = (login: LoginHandle) => Promise<LoginOutcome>

// biome-ignore lint/suspicious/noControlCharactersInRegex: refusing them is the point
const CONTROL = /[\u0000-\u001f\u007f]/

/** What the request brings, checked as at the edge of our own API. @throws OAuthError invalid_request */
export function broughtIn(deps: Deps, parameters: Parameters, asking: Asking): Brought[] {
  return Object.entries(ACTIONS).flatMap(([name, { most, of }]) => {
    const value = parameters.get(name)
    if (value === null) return []
    if (value.length > most || (name !== 'password' && CONTROL.test(value))) throw malformed(name)
    const run = of(value)
    return [(login: LoginHandle) => run(deps, login, asking)]
  })
}

const malformed = (got: string) =>
  new OAuthError('invalid_request', 'what was brought can not be read', finding('parameters', 'malformed', { got }))

function sentCodeOf(value: string): SentCode {
  const method = SENT_CODES.find((known) => known === value)
  if (!method) throw malformed('send_code')
  return method
}

function assertionOf(value: string) {
  const read = assertionSchema.safeParse(parsed(value))
  if (!read.success) throw malformed('passkey')
  return read.data
}

function parsed(value: string): unknown {
  try {
    return JSON.parse(value)
  } catch {
    throw malformed('passkey')
  }
}

import type { TraceCheck, TracePath, TraceReason } from '@vestibule/shared/trace.ts'
import type { ApplicationId, OrganizationId } from '../ids.ts'

/** Why a request of the protocol was refused, for the developer of the application that sent it. It holds no secret. */
export type Trace = {
  /** The name of the request: random, and the same in the log and in the answer. */
  id: string
  at: number
  path: TracePath
  /** Whose application it was; `instance` where nobody knows the application. */
  owner: OrganizationId | 'instance'
  applicationId: ApplicationId | null
  /** As it was said, proven or not. */
  clientId: string | null
  /** The code of the error that was answered. */
  error: string
  check: TraceCheck
  reason: TraceReason
  expected: string | null
  got: string | null
}

/** What a request says that is a secret, or may hold one: never kept, and looked for in everything that is. */
export const SECRET_PARAMETERS = [
  'client_secret',
  'client_assertion',
  'assertion',
  'code',
  'code_verifier',
  'refresh_token',
  'access_token',
  'token',
  'device_code',
  'id_token_hint',
  'state',
  'nonce',
  'login_hint',
  'request',
  'request_uri',
  'auth_session',
  'identifier',
  'password',
  'passkey',
  'totp',
  'email_code',
  'sms_code',
  'recovery_code',
  'username',
] as const

/** An id as it is made: another is not looked up. */
export const isTraceId = (value: string): boolean => /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value)

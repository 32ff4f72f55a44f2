import type { ClaimsRequest } from './claims.ts'

export const PROMPTS = ['none', 'login', 'select_account', 'create', 'consent'] as const
export type Prompt = (typeof PROMPTS)[number]
export const RESPONSE_MODES = ['query', 'fragment', 'form_post'] as const
export type ResponseMode = (typeof RESPONSE_MODES)[number]

/**
 * What a login amounts to, weakest first: one factor, two, or two of which one can not be phished (`phr` of the OpenID Connect Extended
 * Authentication Profile ACR Values 1.0). Each includes those before it.
 */
export const ASSURANCES = ['aal1', 'aal2', 'phr'] as const
export type Assurance = (typeof ASSURANCES)[number]

/** How long a request may stay unanswered, in milliseconds. */
export const AUTH_REQUEST_LIFETIME = 3_600_000

/** What changes how an account is reached or proven wants a proof that is no older. Seconds. */
export const STEP_UP_MAX_AGE = 300

/** The validated parameters of an authorization request: parsed once, at the endpoint. */
export type AuthRequestParameters = {
  issuer: string
  redirectUri: string
  responseMode: ResponseMode
  scopes: string[]
  /** The API that the tokens are for (RFC 8707). */
  resource: string | null
  state: string | null
  nonce: string | null
  codeChallenge: string | null
  /** The thumbprint of the key that the code is bound to. */
  dpopJkt: string | null
  prompts: Prompt[]
  /** Seconds. */
  maxAge: number | null
  loginHint: string | null
  /** Only this person may finish: from id_token_hint or from a value of `sub` in `claims`. */
  subject: string | null
  requiredAssurance: Assurance | null
  claims: ClaimsRequest | null
  uiLocales: string[]
  /** The hash of the request_uri it came by, which is spent with the code; null for one that came in an address. */
  pushed: string | null
  /** The device that waits for this login, and the code that it shows; null for a browser that goes back to its application. */
  device: { codeHash: string; userCode: string } | null
  /** As it was sent, for a first-party application that draws the forms itself; a browser may have to go on with it. */
  native?: Record<string, string>
}

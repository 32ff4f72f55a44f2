import {
  AuthorizationResponseError,
  ClientError,
  ResponseBodyError,
  WWWAuthenticateChallengeError,
} from 'openid-client'

/** A sign-in that came back without being expected: an old tab, the back button, or another browser. */
export class UnexpectedReturn extends Error {}

export interface Explanation {
  readonly code: string
  readonly title: string
  readonly text: string
  readonly status: 400 | 500 | 502 | 503
}

/** What went wrong, for the person in front of the page. The code is the protocol's: it is what one searches for. */
export function explain(error: unknown): Explanation {
  const code = codeOf(error)
  const [status, title, text] = EXPLANATIONS[code] ?? OTHERWISE
  return { code, title, text, status }
}

function codeOf(error: unknown): string {
  if (error instanceof UnexpectedReturn) return 'unknown_state'
  if (error instanceof AuthorizationResponseError || error instanceof ResponseBodyError) return error.error
  if (error instanceof WWWAuthenticateChallengeError) return error.cause[0]?.parameters.error ?? 'invalid_token'
  if (error instanceof ClientError) return error.code ?? 'invalid_response'
  if (error instanceof TypeError && error.message === 'fetch failed') return 'unreachable'
  return 'server_error'
}

type Line = readonly [Explanation['status'], title: string, text: string]

const UNREACHABLE: Line = [
  503,
  'The sign-in service does not answer',
  'It may still be starting. Try again in a moment.',
]
const TOO_EARLY: Line = [400, 'The sign-in service wants to see you first', 'Sign in, and you will come back here.']
const OTHERWISE: Line = [
  502,
  'Signing in did not work',
  'The answer of the sign-in service could not be used. Try again.',
]

const EXPLANATIONS: Readonly<Partial<Record<string, Line>>> = {
  access_denied: [
    400,
    'You did not sign in',
    'Signing in was cancelled, and nothing has changed. You can try again at any time.',
  ],
  unknown_state: [
    400,
    'This sign-in is over',
    'It was begun in another browser, or is finished already. If you are not signed in, begin again.',
  ],
  invalid_request: [
    400,
    'The sign-in service did not understand Ledger',
    'It does not support this way of signing in. Another one may work.',
  ],
  login_required: TOO_EARLY,
  interaction_required: TOO_EARLY,
  consent_required: TOO_EARLY,
  account_selection_required: TOO_EARLY,
  invalid_scope: [
    400,
    'The sign-in service refused what Ledger asked for',
    'One of the scopes is not known there: an organization that does not exist, for example.',
  ],
  invalid_client: [
    500,
    'Ledger is not known to the sign-in service',
    'Compare CLIENT_ID and CLIENT_SECRET with its registration.',
  ],
  unauthorized_client: [
    500,
    'Ledger may not do this',
    'Its registration at the sign-in service does not allow this grant.',
  ],
  invalid_grant: [
    400,
    'That can not be used any more',
    'Codes and refresh tokens work once and not for ever. Sign in again to go on.',
  ],
  invalid_token: [
    400,
    'Your access has ended',
    'The sign-in service does not accept the access token any more. Sign in again.',
  ],
  temporarily_unavailable: [503, 'The sign-in service is busy', 'Try again in a moment.'],
  unreachable: UNREACHABLE,
  OAUTH_TIMEOUT: UNREACHABLE,
  server_error: [
    502,
    'Something went wrong',
    'It is not your fault. Try again; if it stays, tell whoever runs this service.',
  ],
}

import type { TraceCheck, TraceReason } from '@vestibule/shared/trace.ts'

/** What each check is about, and what to do when it fails. The guide has the same sentences; a test compares them. */
export const REMEDIES: Record<TraceCheck, string> = {
  form: 'Send the parameters as a form in the body (`application/x-www-form-urlencoded`), and nothing in the query of a POST.',
  parameters: 'Send each parameter once, without NUL bytes, and no longer than is allowed.',
  client:
    'Compare `client_id` with the registration, and that the application and its organization are active. Prove the client in the one way that is registered as `authenticationMethod`, with a secret or key that is valid now.',
  client_type: 'Only an application that can keep a secret (`web`, `api`) or a service user may do this: register one.',
  request_uri:
    'Push the request again and open it within a minute: a `request_uri` is of one client and ends with the login.',
  redirect_uri:
    'Register exactly the address that the application sends, or send exactly the one that is registered: case, port, slash at the end and query all count. `http` is for applications with `development`. At the token endpoint, repeat the address of the authorization request.',
  pushed: 'This application must push its requests first (`requirePushedRequests`): send them to `/oauth/v2/par`.',
  unsupported: 'Leave out what is not offered here: `request`, a `request_uri` of your own, `registration`.',
  response_mode: 'Use `query`, `fragment` or `form_post`, or leave `response_mode` out.',
  response_type: 'Use `response_type=code`, and give the application the grant `authorization_code`.',
  code_challenge:
    'Send `code_challenge` with `code_challenge_method=S256`: the SHA-256 of the verifier in base64url, 43 characters. `spa` and `native` applications always must.',
  scope:
    'Separate scopes by one space, and name organizations that exist and are active. A refresh may ask for less than was granted, never for more.',
  first_party:
    'Set `firstParty` for this application, if it is your own and people may type their passwords into it. Others send people to a browser.',
  auth_session:
    'Send the `auth_session` of the last answer, once, as the same client and with the same key, within ten minutes of the beginning. Begin anew otherwise.',
  claims: 'Send `claims` as one JSON object with `userinfo` and `id_token` (OpenID Connect Core 5.5).',
  resource:
    'Name an API of the same organization by a URI in its `resources`; at the token endpoint the one that was asked for.',
  dpop_key: 'Send the SHA-256 thumbprint of the key (RFC 7638) as `dpop_jkt`: 43 base64url characters.',
  dpop_proof:
    'Make a new proof for each request: `htm` and `htu` of this request, `iat` within a minute of our clock, a new `jti`, the public key only, ES256, PS256 or EdDSA.',
  dpop_binding: 'Prove the key that the code, the refresh token or `dpop_jkt` is bound to.',
  prompt: '`prompt=none` stands alone.',
  max_age: 'Send `max_age` as a whole number of seconds.',
  id_token_hint: 'Send an ID token that this issuer gave to this client, and that does not contradict `claims`.',
  acr: 'Ask for an `acr` that stands in `acr_values_supported` of the metadata.',
  session:
    'Nothing to mend: this can not be answered without the person, or the account may not sign in. Without `prompt=none` the person is asked.',
  grant_type: 'Use a `grant_type` that the metadata names, and give it to the application (`grantTypes`).',
  code: 'Redeem a code once, within 60 seconds, as the client that asked for it. One that comes twice ends everything the first one got.',
  code_verifier: 'Send the `code_verifier` whose challenge began this login, and none where there was no challenge.',
  refresh_token:
    'Use each refresh token once and keep the new one: one that comes twice ends its whole family. Do not refresh twice at the same time.',
  grant: 'Let the person sign in again: their session, their consent or their account is over, or somebody ended it.',
  device_code: 'Begin anew at the device authorization endpoint: the code is over, used, or somebody refused.',
  assertion: 'Send a signed JWT as `assertion`, with the service user as `iss`.',
  assertion_proof:
    'Sign with a key of the service user and name it as `kid`; `iss` and `sub` are the service user, `aud` is the issuer as one text, `exp` is at most an hour ahead.',
  assertion_once: 'Make a new assertion with a new `jti` for each request, with a key that is still there.',
  token: 'Send the access or refresh token as `token`. An ID token can not be revoked.',
}

/** What was wrong. */
export const REASONS: Record<TraceReason, string> = {
  missing: 'was not sent',
  repeated: 'was sent more than once',
  too_long: 'is too long',
  malformed: 'can not be read',
  unsupported: 'is not offered here',
  not_allowed: 'is not allowed for this application',
  unknown: 'names nothing that is known here',
  mismatch: 'is another than it has to be',
  wrong: 'proves nothing',
  expired: 'is too old',
  used: 'was used before',
  ended: 'is over',
  refused: 'was refused by somebody',
  interaction: 'needs a page',
}

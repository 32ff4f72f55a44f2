import { LANGUAGE_CODES } from '@vestibule/shared/languages.ts'
import { ASSERTION_ALGORITHMS, AUTHENTICATION_METHODS, GRANT_TYPES, SIGNING_ALGORITHMS } from '../domain/application.ts'
import { PROMPTS, RESPONSE_MODES } from '../domain/auth-request.ts'
import { CLAIM_NAMES, SCOPES } from '../domain/claims.ts'
import type { Settings } from '../settings.ts'
import { PROOF_ALGORITHMS } from './dpop/proof.ts'

/** The addresses of the protocol, relative to the issuer. */
export const PATHS = {
  authorize: '/oauth/v2/authorize',
  pushedRequest: '/oauth/v2/par',
  deviceAuthorization: '/oauth/v2/device_authorization',
  token: '/oauth/v2/token',
  userinfo: '/oidc/v1/userinfo',
  introspection: '/oauth/v2/introspect',
  revocation: '/oauth/v2/revoke',
  checkSession: '/oidc/v1/check_session',
  endSession: '/oidc/v1/end_session',
  keys: '/oauth/v2/keys',
  openidConfiguration: '/.well-known/openid-configuration',
  authorizationServer: '/.well-known/oauth-authorization-server',
} as const

/** Provider metadata (OpenID Connect Discovery 1.0 3, RFC 8414 2). Nothing is in it that does not work. */
export const metadata = ({ issuer, requirePushedRequests }: Settings) => ({
  issuer,
  authorization_endpoint: issuer + PATHS.authorize,
  token_endpoint: issuer + PATHS.token,
  pushed_authorization_request_endpoint: issuer + PATHS.pushedRequest,
  device_authorization_endpoint: issuer + PATHS.deviceAuthorization,
  userinfo_endpoint: issuer + PATHS.userinfo,
  introspection_endpoint: issuer + PATHS.introspection,
  revocation_endpoint: issuer + PATHS.revocation,
  end_session_endpoint: issuer + PATHS.endSession,
  check_session_iframe: issuer + PATHS.checkSession,
  jwks_uri: issuer + PATHS.keys,
  scopes_supported: SCOPES,
  claims_supported: [
    'sub',
    'iss',
    'aud',
    'exp',
    'iat',
    'auth_time',
    'nonce',
    'acr',
    'amr',
    'azp',
    'sid',
    ...CLAIM_NAMES,
  ],
  claims_parameter_supported: true,
  response_types_supported: ['code'],
  response_modes_supported: RESPONSE_MODES,
  grant_types_supported: GRANT_TYPES,
  subject_types_supported: ['public'],
  acr_values_supported: ['aal1', 'aal2', 'phr'],
  prompt_values_supported: PROMPTS,
  display_values_supported: ['page'],
  ui_locales_supported: LANGUAGE_CODES,
  code_challenge_methods_supported: ['S256'],
  id_token_signing_alg_values_supported: SIGNING_ALGORITHMS,
  token_endpoint_auth_methods_supported: AUTHENTICATION_METHODS,
  token_endpoint_auth_signing_alg_values_supported: ASSERTION_ALGORITHMS,
  dpop_signing_alg_values_supported: PROOF_ALGORITHMS,
  introspection_endpoint_auth_methods_supported: AUTHENTICATION_METHODS.filter((method) => method !== 'none'),
  introspection_endpoint_auth_signing_alg_values_supported: ASSERTION_ALGORITHMS,
  revocation_endpoint_auth_methods_supported: AUTHENTICATION_METHODS,
  revocation_endpoint_auth_signing_alg_values_supported: ASSERTION_ALGORITHMS,
  backchannel_logout_supported: true,
  backchannel_logout_session_supported: true,
  frontchannel_logout_supported: true,
  frontchannel_logout_session_supported: true,
  authorization_response_iss_parameter_supported: true,
  request_parameter_supported: false,
  request_uri_parameter_supported: false,
  require_pushed_authorization_requests: requirePushedRequests,
})

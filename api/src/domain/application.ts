import type { ApplicationId, OrganizationId, ProjectId, UserId } from './ids.ts'

/** `service`: a service user's own, which no file and no manager registers. */
export const APPLICATION_TYPES = ['web', 'spa', 'native', 'api', 'service'] as const
export type ApplicationType = (typeof APPLICATION_TYPES)[number]
/** RFC 7523 2.1. */
export const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer'
/** RFC 8628 3.4. */
export const DEVICE_GRANT = 'urn:ietf:params:oauth:grant-type:device_code'
export const GRANT_TYPES = [
  'authorization_code',
  'refresh_token',
  'client_credentials',
  JWT_BEARER,
  DEVICE_GRANT,
] as const
export type GrantType = (typeof GRANT_TYPES)[number]
export const SIGNING_ALGORITHMS = ['RS256', 'ES256', 'EdDSA'] as const
export type SigningAlgorithm = (typeof SIGNING_ALGORITHMS)[number]
export const AUTHENTICATION_METHODS = ['client_secret_basic', 'client_secret_post', 'private_key_jwt', 'none'] as const
export type AuthenticationMethod = (typeof AUTHENTICATION_METHODS)[number]
/** What others may sign with when they prove who they are. */
export const ASSERTION_ALGORITHMS = ['RS256', 'PS256', 'ES256', 'EdDSA'] as const
export type AssertionAlgorithm = (typeof ASSERTION_ALGORITHMS)[number]

/** Rules that are switched on together (see security-profile.ts). */
export const SECURITY_PROFILES = ['none', 'fapi2'] as const

/** What an application decides for itself. Durations are in seconds. */
export type ApplicationSettings = {
  securityProfile: (typeof SECURITY_PROFILES)[number]
  authenticationMethod: AuthenticationMethod
  /** Of private_key_jwt: its public keys (RFC 7517), or where they are. One of the two at most. */
  jwks: { keys: object[] } | null
  jwksUri: string | null
  /** The only one it signs with; null: any that its key is good for. */
  assertionAlgorithm: AssertionAlgorithm | null
  /** The token endpoint is accepted as audience too, and either as the only member of an array: for older libraries. */
  assertionAudienceCompatibility: boolean
  /** An assertion must say by its `typ` that it is one. */
  requireAssertionType: boolean
  requirePkce: boolean
  /** Authorization requests are sent to us first (RFC 9126). */
  requirePushedRequests: boolean
  /** Access tokens only with a proof of possession (RFC 9449). */
  dpopBoundAccessTokens: boolean
  /** People type their secrets into it: it draws the forms of the login itself (OAuth 2.0 for First-Party Applications). */
  firstParty: boolean
  idTokenAlgorithm: SigningAlgorithm
  accessTokenFormat: 'opaque' | 'jwt'
  /** `others`: the first time, for people of other organizations. */
  consent: 'others' | 'always' | 'never'
  /** Refresh tokens without `offline_access`, which end with the session. */
  sessionRefreshToken: boolean
  userInfoInIdToken: boolean
  /** What people are in the project, in tokens besides userinfo and introspection. */
  rolesInIdToken: boolean
  rolesInAccessToken: boolean
  /** http redirect URIs allowed. */
  development: boolean
  /** Of a native one: private-use schemes like `acme:`, which any other program may claim too (RFC 8252 7.1). */
  schemesWithoutDot: boolean
  /** Of a native one: no page of ours stays in the browser when its address is handed to a program (see native-redirect.ts). */
  skipNativeSuccessPage: boolean
  /** Null: as long as the policy says (see token-lifetimes.ts). */
  accessTokenLifetime: number | null
  idTokenLifetime: number | null
  refreshTokenIdleLifetime: number | null
  refreshTokenAbsoluteLifetime: number | null
  /** Widens `iat` and `exp` of tokens for clients whose clock is off, 0 to 5. */
  clockSkew: number
  additionalOrigins: string[]
  /** Of an API: the absolute URIs that tokens for it are asked for with (RFC 8707). */
  resources: string[]
  /** Told from server to server when a session ends (OpenID Connect Back-Channel Logout 1.0). */
  backchannelLogoutUri: string | null
  /** It finds what to end by `sid` only (2.2). Every logout token has one, so nothing else follows from it. */
  backchannelLogoutSessionRequired: boolean
  /** Loaded in a frame of the last page (OpenID Connect Front-Channel Logout 1.0). */
  frontchannelLogoutUri: string | null
  /** The same for `iss` and `sid` of the frame (2), which always has both. */
  frontchannelLogoutSessionRequired: boolean
  /** Responses carry `session_state` (OpenID Connect Session Management 1.0). */
  sessionManagement: boolean
  /** Where it begins a login by itself (OpenID Connect Core 4). */
  initiateLoginUri: string | null
  /** A picture, for whoever is asked to let it in. */
  logoUri: string | null
  privacyUri: string | null
  termsUri: string | null
}

export const DEFAULT_APPLICATION_SETTINGS: ApplicationSettings = {
  securityProfile: 'none',
  authenticationMethod: 'client_secret_basic',
  jwks: null,
  jwksUri: null,
  assertionAlgorithm: null,
  assertionAudienceCompatibility: false,
  requireAssertionType: false,
  requirePkce: false,
  requirePushedRequests: false,
  dpopBoundAccessTokens: false,
  firstParty: false,
  idTokenAlgorithm: 'RS256',
  accessTokenFormat: 'opaque',
  consent: 'others',
  sessionRefreshToken: false,
  userInfoInIdToken: false,
  rolesInIdToken: false,
  rolesInAccessToken: false,
  development: false,
  schemesWithoutDot: false,
  skipNativeSuccessPage: false,
  accessTokenLifetime: null,
  idTokenLifetime: null,
  refreshTokenIdleLifetime: null,
  refreshTokenAbsoluteLifetime: null,
  clockSkew: 0,
  additionalOrigins: [],
  resources: [],
  backchannelLogoutUri: null,
  backchannelLogoutSessionRequired: false,
  frontchannelLogoutUri: null,
  frontchannelLogoutSessionRequired: false,
  sessionManagement: false,
  initiateLoginUri: null,
  logoUri: null,
  privacyUri: null,
  termsUri: null,
}

export type Application = {
  id: ApplicationId
  organizationId: OrganizationId
  name: string
  type: ApplicationType
  clientId: string
  secretHashes: readonly string[]
  redirectUris: readonly string[]
  postLogoutRedirectUris: readonly string[]
  grantTypes: readonly GrantType[]
  settings: ApplicationSettings
  /** Of `service`: whose it is. */
  serviceUserId: UserId | null
  /** The project it is part of. */
  projectId: ProjectId | null
}

/** Who can keep a secret (RFC 6749 2.1). */
export const isConfidential = ({ type }: Pick<Application, 'type'>): boolean =>
  type === 'web' || type === 'api' || type === 'service'

/** Whether people may type their secrets into it. A page in a browser never: it can send them to ours (OAuth 2.0 for First-Party Applications 9.8). */
export const isFirstParty = ({ type, settings }: Pick<Application, 'type' | 'settings'>): boolean =>
  settings.firstParty && (type === 'native' || type === 'web')

/** Public clients always (OAuth 2.0 Security BCP, RFC 9700 2.1.1), confidential ones by their setting. */
export const requiresPkce = (application: Application): boolean =>
  !isConfidential(application) || application.settings.requirePkce

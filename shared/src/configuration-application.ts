import { z } from 'zod'
import { line, seconds, text, webAddress } from './configuration-text.ts'
import { TOKEN_LIFETIMES } from './policies/tokens.ts'

const https = /^https$/

/** Checked against the type of the application when the file is applied: see isUsableRedirect. */
const redirectUris = (of: string) =>
  z.array(z.string().min(1).max(2048)).max(100).describe(`${of}, compared as exact strings`)

const origin = webAddress('an origin, like https://app.acme.example', /^https?$/).refine(
  (value) => URL.canParse(value) && new URL(value).origin === value,
  { error: 'must be an origin: no path, not even a slash at the end' },
)

const lifetime = (member: keyof typeof TOKEN_LIFETIMES, of: string) =>
  TOKEN_LIFETIMES[member].nullable().describe(`${of}, in seconds; null: as long as the policy tokens says`)

/** Every member has a default; what is left out keeps its value. */
export const settingsSchema = z
  .strictObject({
    securityProfile: z
      .enum(['none', 'fapi2'])
      .describe(
        'fapi2 (FAPI 2.0 Security Profile), for web and api: pushed requests, PKCE and proofs of possession are required, private_key_jwt is signed with PS256, ES256 or EdDSA, tokens with ES256 or EdDSA',
      ),
    authenticationMethod: z
      .enum(['client_secret_basic', 'client_secret_post', 'private_key_jwt', 'none'])
      .describe('how the application proves itself; public ones (spa, native) can not: none'),
    jwks: z
      .strictObject({ keys: z.array(z.record(z.string(), z.unknown())).min(1).max(20) })
      .nullable()
      .describe('public keys for private_key_jwt: RSA of 2048 bits and more, P-256 or Ed25519'),
    jwksUri: webAddress('an https address', https).nullable().describe('where those keys are, instead of jwks'),
    assertionAlgorithm: z
      .enum(['RS256', 'PS256', 'ES256', 'EdDSA'])
      .nullable()
      .describe('the only one that private_key_jwt may be signed with'),
    assertionAudienceCompatibility: z
      .boolean()
      .describe('accept the token endpoint as audience of private_key_jwt, and an array of one'),
    requireAssertionType: z.boolean().describe('private_key_jwt must carry typ client-authentication+jwt'),
    requirePkce: z.boolean().describe('refuse requests without PKCE; public applications always need it'),
    requirePushedRequests: z.boolean().describe('refuse authorization requests that were not pushed (RFC 9126)'),
    dpopBoundAccessTokens: z.boolean().describe('refuse token requests without a proof of possession (RFC 9449)'),
    firstParty: z
      .boolean()
      .describe(
        'draws the forms of the login itself: passwords are typed into it. For native and web ones of your own',
      ),
    idTokenAlgorithm: z.enum(['RS256', 'ES256', 'EdDSA']),
    accessTokenFormat: z.enum(['opaque', 'jwt']),
    consent: z
      .enum(['others', 'always', 'never'])
      .describe('who is asked for consent; others: people of other organizations'),
    sessionRefreshToken: z.boolean().describe('refresh tokens without offline_access, which end with the session'),
    userInfoInIdToken: z.boolean(),
    rolesInIdToken: z.boolean().describe('what people are in the project, in ID tokens too'),
    rolesInAccessToken: z.boolean().describe('and in JWT access tokens'),
    development: z.boolean().describe('allow http redirect URIs'),
    schemesWithoutDot: z
      .boolean()
      .describe('of native: allow redirect URIs like acme://callback, whose scheme any other program may claim too'),
    skipNativeSuccessPage: z
      .boolean()
      .describe(
        'of native: the browser goes to a private-use scheme at once, without a page that says so and stays behind',
      ),
    accessTokenLifetime: lifetime('accessTokenLifetime', 'access tokens live'),
    idTokenLifetime: lifetime('idTokenLifetime', 'ID tokens live'),
    refreshTokenIdleLifetime: lifetime('refreshTokenIdleLifetime', 'refresh tokens live unused'),
    refreshTokenAbsoluteLifetime: lifetime('refreshTokenAbsoluteLifetime', 'refresh tokens live at most'),
    clockSkew: seconds('by how much the clock of the application may be off', 0, 5),
    additionalOrigins: z
      .array(origin)
      .max(100)
      .describe('origins that may call from a browser, besides those of the redirect URIs'),
    resources: z
      .array(text('an absolute URI without fragment', /^[a-z][a-z0-9+.-]*:[\x21\x22\x24-\x7e]+$/, 2048))
      .max(20)
      .describe('of an API: what tokens for it are asked for with (RFC 8707)'),
    backchannelLogoutUri: webAddress('an https address', /^https?$/)
      .nullable()
      .describe('told from server to server when a session ends (OpenID Connect Back-Channel Logout)'),
    backchannelLogoutSessionRequired: z
      .boolean()
      .describe('it ends sessions by sid only; a logout token has sid in any case'),
    frontchannelLogoutUri: webAddress('an https address', /^https?$/)
      .nullable()
      .describe('loaded in a frame of the last page of a sign-out (OpenID Connect Front-Channel Logout)'),
    frontchannelLogoutSessionRequired: z
      .boolean()
      .describe('it ends sessions by iss and sid only; the frame is loaded with both in any case'),
    sessionManagement: z.boolean().describe('send session_state (OpenID Connect Session Management)'),
    initiateLoginUri: webAddress('an https address', https)
      .regex(/^https:\/\/[^/?#@\\]+([/?][^#]*)?$/, { error: 'must be without fragment and user name' })
      .nullable()
      .describe('where it begins a login by itself, with iss and login_hint (OpenID Connect Core 4)'),
    logoUri: webAddress('an https address', https)
      .nullable()
      .describe('a square picture for the consent page, where the browser fetches it'),
    privacyUri: webAddress('an https address', https).nullable(),
    termsUri: webAddress('an https address', https).nullable(),
  })
  .partial()

/** Stands in scopes and claims, so nothing in it means anything there. */
export const projectId = text('1 to 64 letters, digits and . _ -', /^[A-Za-z0-9._-]{1,64}$/, 64)

/** What stands in a token hash: SHA-256 in base64url, in its one canonical encoding. */
export const sha256 = text(
  'the SHA-256 of a secret in base64url, 43 characters',
  /^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/,
  43,
)

export const applicationConfigurationSchema = z.strictObject({
  clientId: text('3 to 128 letters, digits and . _ ~ -', /^[A-Za-z0-9._~-]{3,128}$/, 128).describe(
    'the key: unique in the whole instance',
  ),
  name: line('what people read on the consent page'),
  type: z.enum(['web', 'spa', 'native', 'api']).describe('web and api can keep a secret, spa and native can not'),
  state: z.enum(['active', 'deactivated']).optional(),
  project: projectId.nullable().optional().describe('the id of the project it is part of'),
  secretSha256: z
    .array(sha256)
    .min(1)
    .max(2)
    .optional()
    .describe(
      'of secrets of 256 random bits; two while one replaces the other. Without it a new web or api application gets a secret, which is shown once',
    ),
  redirectUris: redirectUris('addresses the browser comes back to with a code').optional(),
  postLogoutRedirectUris: redirectUris('addresses the browser comes back to after the sign-out').optional(),
  grantTypes: z
    .array(
      z.enum([
        'authorization_code',
        'refresh_token',
        'client_credentials',
        'urn:ietf:params:oauth:grant-type:device_code',
      ]),
    )
    .min(1)
    .optional()
    .describe('authorization_code when it is new and nothing is said'),
  settings: settingsSchema.optional(),
})
export type ApplicationConfiguration = z.infer<typeof applicationConfigurationSchema>

import type { Adapter, Context, Grant, Provider } from 'oidc-provider'
import { CLIENT, PROGRAM, REDIRECT_URI, RESOURCE } from '../world.ts'
import type { Accounts } from './accounts.ts'

const DAY = 86_400

/**
 * oidc-provider as a careful operator runs it: own accounts, pages, keys and storage, PKCE for everybody, refresh tokens that rotate
 * at each use, no consent question for the operator's own application, and nothing switched on that the flows do not use.
 */
export function configuration(
  adapter: (model: string) => Adapter,
  accounts: Accounts,
  signingKey: string,
  provider: () => Provider,
  isForPrograms: boolean,
): Record<string, unknown> {
  return {
    adapter,
    jwks: { keys: [JSON.parse(signingKey)] },
    clients: [
      {
        client_id: CLIENT.id,
        client_secret: CLIENT.secret,
        redirect_uris: [REDIRECT_URI],
        grant_types: ['authorization_code', 'refresh_token', ...(isForPrograms ? ['client_credentials'] : [])],
        response_types: ['code'],
        token_endpoint_auth_method: 'client_secret_basic',
        id_token_signed_response_alg: 'ES256',
      },
      ...(isForPrograms ? [program] : []),
    ],
    responseTypes: ['code'],
    scopes: ['openid', 'profile', 'email', 'offline_access'],
    claims: {
      openid: ['sub'],
      profile: ['name', 'given_name', 'family_name', 'preferred_username'],
      email: ['email', 'email_verified'],
    },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: isForPrograms },
      dPoP: { enabled: isForPrograms },
      introspection: { enabled: isForPrograms },
      pushedAuthorizationRequests: { enabled: isForPrograms },
      resourceIndicators: isForPrograms ? resourceIndicators : { enabled: false },
      revocation: { enabled: isForPrograms },
    },
    cookies: { keys: ['signs the cookies of the benchmark'] },
    pkce: { required: () => true },
    rotateRefreshToken: true,
    ttl: {
      AccessToken: 3600,
      AuthorizationCode: 60,
      ClientCredentials: 3600,
      Grant: 14 * DAY,
      IdToken: 3600,
      Interaction: 3600,
      RefreshToken: 14 * DAY,
      Session: 14 * DAY,
    },
    findAccount: (_: Context, id: string) => accounts.find(id),
    loadExistingGrant: (context: Context) => loadGrant(provider(), context),
    interactions: { url: (_: Context, interaction: { uid: string }) => `/interaction/${interaction.uid}` },
  }
}

const program = {
  client_id: PROGRAM.id,
  client_secret: PROGRAM.secret,
  redirect_uris: [],
  grant_types: ['client_credentials'],
  response_types: [],
  token_endpoint_auth_method: 'client_secret_basic',
  id_token_signed_response_alg: 'ES256',
}

/** Tokens for the API are JWTs, which oidc-provider does not keep. */
const resourceIndicators = {
  enabled: true,
  getResourceServerInfo: () => ({
    scope: '',
    audience: RESOURCE,
    accessTokenFormat: 'jwt',
    accessTokenTTL: 3600,
    jwt: { sign: { alg: 'ES256' } },
  }),
}

/** The grant of this session and client; a first one is made without asking, since the application is the operator's own. */
async function loadGrant(provider: Provider, { oidc }: Context): Promise<Grant | undefined> {
  const { clientId } = oidc.client
  const grantId = oidc.result?.consent?.grantId ?? oidc.session.grantIdFor(clientId)
  if (grantId) return provider.Grant.find(grantId)
  const grant = new provider.Grant({ clientId, accountId: oidc.session.accountId })
  grant.addOIDCScope('openid profile email')
  await grant.save()
  return grant
}

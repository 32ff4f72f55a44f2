import type { Deps } from '../../deps.ts'
import type { Application } from '../../domain/application.ts'
import type { AuthRequestParameters } from '../../domain/auth-request.ts'
import type { OrganizationId } from '../../domain/ids.ts'
import { finding, OAuthError } from '../oauth-error.ts'
import { mustBeWellFormed, type Parameters, uiLocalesOf } from '../parameters.ts'
import { askedResource } from '../resource.ts'
import { verifyIdTokenHint } from '../tokens/verify-id-token.ts'
import { askedClaims, requiredAssurance } from './claims-parameter.ts'
import { dpopKey } from './dpop-key.ts'
import { codeChallenge } from './pkce.ts'
import { maxAge, prompts } from './prompt.ts'
import { checkResponseMode, checkResponseType, usableResponseMode } from './response-type.ts'
import { askedScope } from './scope.ts'
import { refuseUnsupported } from './unsupported.ts'

export type AuthorizationRequest = { parameters: AuthRequestParameters; organizationId: OrganizationId | null }

/** Where and how an answer may be given, once client and redirect URI are trusted. */
export const targetOf = (deps: Deps, parameters: Parameters, redirectUri: string) => ({
  issuer: deps.settings.issuer,
  redirectUri,
  responseMode: usableResponseMode(parameters),
  state: parameters.isRepeated('state') ? null : parameters.get('state'),
})

/** The request, rule by rule (RFC 6749 4.1.1, OpenID Connect Core 3.1.2.2). @throws OAuthError, to be sent to the client */
export async function parseRequest(
  deps: Deps,
  parameters: Parameters,
  application: Application,
  redirectUri: string,
  pushed: string | null,
): Promise<AuthorizationRequest> {
  mustBeWellFormed(parameters)
  refuseUnsupported(parameters)
  checkResponseMode(parameters)
  checkResponseType(parameters, application)
  const challenge = codeChallenge(parameters, application)
  const { scopes, organizationId } = await askedScope(deps, parameters, application)
  const { claims, subject, essentialAcr } = askedClaims(parameters)
  return {
    organizationId,
    parameters: {
      ...targetOf(deps, parameters, redirectUri),
      scopes,
      resource: await askedResource(deps, application, parameters),
      nonce: parameters.get('nonce'),
      codeChallenge: challenge,
      dpopJkt: dpopKey(parameters),
      prompts: prompts(parameters),
      maxAge: maxAge(parameters),
      loginHint: parameters.get('login_hint')?.slice(0, 254) ?? null,
      subject: await namedSubject(deps, parameters, subject),
      requiredAssurance: requiredAssurance(parameters, essentialAcr),
      claims,
      uiLocales: uiLocalesOf(parameters),
      pushed,
      device: null,
    },
  }
}

/** Whom `id_token_hint` and `claims` name: nobody, or one and the same person. */
async function namedSubject(deps: Deps, parameters: Parameters, claimed: string | null): Promise<string | null> {
  const token = parameters.get('id_token_hint')
  if (!token) return claimed
  const hint = await verifyIdTokenHint(deps, token)
  if (!hint)
    throw new OAuthError('invalid_request', 'id_token_hint can not be verified', finding('id_token_hint', 'wrong'))
  if (claimed !== null && claimed !== hint.subject)
    throw new OAuthError(
      'invalid_request',
      'id_token_hint and claims name different people',
      finding('id_token_hint', 'mismatch'),
    )
  return hint.subject
}

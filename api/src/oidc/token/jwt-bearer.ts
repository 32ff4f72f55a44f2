import { readPublicKey } from '../../crypto/public-key.ts'
import type { Deps, KnownApplication } from '../../deps.ts'
import { JWT_BEARER } from '../../domain/application.ts'
import type { UserId } from '../../domain/ids.ts'
import { knownHere } from '../../use-cases/grants/known-here.ts'
import { isUsableAssertion, rememberedUntil } from '../assertions/assertion-claims.ts'
import { type InboundJwt, isSignedByOne, onceName, readJwt } from '../assertions/inbound-jwt.ts'
import { authenticateClient } from '../client-authentication.ts'
import { type Finding, finding, OAuthError } from '../oauth-error.ts'
import { hasNul, type Parameters } from '../parameters.ts'
import { type Claim, refused as refusedClient } from '../read-credentials.ts'
import type { TokenResponse } from '../tokens/mint.ts'
import { machineTokens } from './machine-tokens.ts'

/** What a grant assertion may call itself; others are of other kinds (RFC 8725 3.11). */
const TYPES = [null, 'jwt', 'authorization-grant+jwt']

const refused = (what: Finding) => new OAuthError('invalid_grant', 'the assertion is not valid', what)
const wrong = finding('assertion_proof', 'wrong')

/**
 * Who sends a token request: a client with its authentication, or the service user that an assertion names. The second proves nothing yet;
 * jwtBearer does.
 * @throws OAuthError invalid_grant for an assertion of nobody; as authenticateClient
 */
export const tokenCaller = (deps: Deps, claim: Claim, parameters: Parameters): Promise<KnownApplication> =>
  parameters.get('grant_type') === JWT_BEARER
    ? assertedCaller(deps, claim, parameters)
    : authenticateClient(deps, claim, parameters)

async function assertedCaller(deps: Deps, claim: Claim, parameters: Parameters): Promise<KnownApplication> {
  const { iss } = assertionOf(parameters).claims
  if (typeof iss !== 'string' || hasNul(iss)) throw refused(finding('assertion', 'malformed', { got: 'iss' }))
  const application = knownHere(deps, await deps.repositories.applications.findActiveOfService(iss.slice(0, 255)))
  if (!application) throw refused(finding('assertion', 'unknown', { got: iss }))
  await mustNotContradict(deps, claim, parameters, [iss, application.clientId])
  return application
}

/** Client authentication is not asked for here; where it is sent all the same, it has to be good and the same party's (RFC 7521 4.1). */
async function mustNotContradict(deps: Deps, claim: Claim, parameters: Parameters, names: string[]): Promise<void> {
  const isProof = claim.authorization !== null || parameters.get('client_secret') || parameters.get('client_assertion')
  const clientId = isProof ? (await authenticateClient(deps, claim, parameters)).clientId : parameters.get('client_id')
  if (clientId !== null && !names.includes(clientId))
    throw refusedClient(finding('client', 'mismatch', { expected: names.join(' '), got: clientId }))
}

function assertionOf(parameters: Parameters): InboundJwt {
  const text = parameters.get('assertion')
  if (!text) throw new OAuthError('invalid_request', 'assertion is missing', finding('assertion', 'missing'))
  const assertion = readJwt(text)
  if (!assertion) throw refused(finding('assertion', 'malformed'))
  return assertion
}

/**
 * The JWT bearer grant (RFC 7523 2.1) for service users: a JWT by, about and signed with a key of the service user, which works once. The key
 * counts in the transaction that writes the token, so that what was had with it ends with it.
 */
export async function jwtBearer(
  deps: Deps,
  application: KnownApplication,
  parameters: Parameters,
  dpopJkt: string | null,
): Promise<TokenResponse> {
  const assertion = assertionOf(parameters)
  const { claims, kid, typ } = assertion
  const { serviceUserId: userId, serviceSubject: party, settings } = application
  if (userId === null || party === null || kid === null || !TYPES.includes(typ)) throw refused(wrong)
  const isAudienceCompatible = settings.assertionAudienceCompatibility
  const now = deps.clock.now()
  if (!isUsableAssertion(claims, { party, issuer: deps.settings.issuer, isAudienceCompatible, now }))
    throw refused(
      finding('assertion_proof', 'mismatch', { expected: `iss=${party} sub=${party} aud=${deps.settings.issuer}` }),
    )
  const key = { userId, id: kid.slice(0, 255), now }
  if (!(await isSignedByOne(assertion, await keysOf(deps, key)))) throw refused(wrong)
  const once = { id: onceName(assertion, `grant ${party}`), expiresAt: rememberedUntil(claims) }
  return machineTokens(deps, {
    application,
    parameters,
    dpopJkt,
    machineCredential: key.id,
    async prove(tx) {
      if (!(await deps.repositories.spentProofs.spend(tx, once))) throw refused(finding('assertion_once', 'used'))
      if (!(await deps.repositories.machineKeys.use(tx, key))) throw refused(finding('assertion_once', 'ended'))
    },
  })
}

/** The key that the header names, under that name. */
async function keysOf(deps: Deps, key: { userId: UserId; id: string; now: number }) {
  const found = await deps.repositories.machineKeys.find(key)
  const read = found && readPublicKey(found.publicJwk)
  return read && typeof read !== 'string' ? [{ ...read, kid: found.id }] : []
}

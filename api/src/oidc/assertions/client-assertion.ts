import { type RegisteredKey, readPublicKey } from '../../crypto/public-key.ts'
import type { Deps, KnownApplication } from '../../deps.ts'
import { assertionAlgorithms } from '../../domain/security-profile.ts'
import { isUsableAssertion, rememberedUntil } from './assertion-claims.ts'
import { type InboundJwt, isSignedByOne, onceName } from './inbound-jwt.ts'

export const CLIENT_ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'
/** Others are of other kinds (RFC 8725 3.11). */
const TYPED = 'client-authentication+jwt'

/**
 * private_key_jwt (RFC 7523 2.2, OpenID Connect Core 9): whether this assertion proves that it is this client who asks. It works once: whoever
 * else brings it is refused, by the row that the first one wrote. That row is a transaction of its own, and not part of what is asked for: most
 * refusals open none, and must not give the assertion back; and who brings it again is told so before a code or refresh token is touched.
 */
export async function provesClient(deps: Deps, application: KnownApplication, assertion: InboundJwt): Promise<boolean> {
  const { settings, clientId: party } = application
  const { typ, claims } = assertion
  if (settings.requireAssertionType ? typ !== TYPED : typ !== null && typ !== 'jwt' && typ !== TYPED) return false
  if (!assertionAlgorithms(settings).includes(assertion.algorithm)) return false
  const isAudienceCompatible = settings.assertionAudienceCompatibility
  const expected = { party, issuer: deps.settings.issuer, isAudienceCompatible, now: deps.clock.now() }
  if (!isUsableAssertion(claims, expected)) return false
  if (!(await isSignedByOne(assertion, await keysOf(deps, application, assertion)))) return false
  const once = { id: onceName(assertion, party), expiresAt: rememberedUntil(claims) }
  return deps.db.transaction((tx) => deps.repositories.spentProofs.spend(tx, once))
}

function keysOf(deps: Deps, { settings: { jwks, jwksUri } }: KnownApplication, { kid }: InboundJwt) {
  if (jwks) return inlineKeys(jwks)
  return jwksUri === null ? [] : deps.remoteKeys(jwksUri, kid)
}

/** A row that did not change gives the same object: its keys are read once. */
const read = new WeakMap<object, readonly RegisteredKey[]>()

function inlineKeys(jwks: { keys: object[] }): readonly RegisteredKey[] {
  const keys = read.get(jwks) ?? jwks.keys.map(readPublicKey).filter((key) => typeof key !== 'string')
  read.set(jwks, keys)
  return keys
}

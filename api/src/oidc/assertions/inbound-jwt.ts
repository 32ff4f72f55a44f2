import { tokenHash } from '../../crypto/token.ts'
import type { RegisteredKey } from '../../deps.ts'
import { ASSERTION_ALGORITHMS, type AssertionAlgorithm } from '../../domain/application.ts'
import { isCanonical, LONGEST_JWT, readPart } from '../tokens/compact-jwt.ts'

/** A JWT that somebody else made, read and not believed yet. */
export type InboundJwt = {
  token: string
  algorithm: AssertionAlgorithm
  kid: string | null
  typ: string | null
  claims: Readonly<Record<string, unknown>>
}

/** A JWS of an algorithm that is accepted anywhere, or null. What a header says of keys is not read (RFC 8725 3.1, 3.10). */
export function readJwt(token: string): InboundJwt | null {
  if (token.length > LONGEST_JWT || !isCanonical(token)) return null
  const [first = '', second = ''] = token.split('.')
  const header = readPart(first)
  const claims = readPart(second)
  if (!header || !claims || Object.hasOwn(header, 'crit')) return null
  const { alg, kid, typ } = header
  const algorithm = ASSERTION_ALGORITHMS.find((known) => known === alg)
  if (!algorithm || ![kid, typ].every((value) => value === undefined || typeof value === 'string')) return null
  return { token, algorithm, kid: (kid as string) ?? null, typ: (typ as string)?.toLowerCase() ?? null, claims }
}

/** The one key of these that can have made it: the one that it names, or the only one where it names none. */
export async function isSignedByOne({ token, algorithm, kid }: InboundJwt, keys: readonly RegisteredKey[]) {
  const fit = keys.filter((key) => key.algorithms.includes(algorithm) && (kid === null || key.kid === kid))
  const [found] = fit
  if (!found || fit.length > 1) return false
  const { compactVerify } = await import('jose')
  return compactVerify(token, found.key, { algorithms: [algorithm] }).then(
    () => true,
    () => false,
  )
}

/**
 * What it is remembered by, so that it works once: its `jti`, or the part of it that is signed. The signature is left out, because some can be
 * written in two ways.
 */
export function onceName({ token, claims: { jti } }: InboundJwt, of: string): string {
  const own = typeof jti === 'string' && jti !== '' ? `jti ${jti}` : `jwt ${token.slice(0, token.lastIndexOf('.'))}`
  return `assertion/${tokenHash(`${of} ${own}`)}`
}

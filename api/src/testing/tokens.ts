import { createLocalJWKSet, type JSONWebKeySet, type JWTPayload, jwtVerify, type ProtectedHeaderParameters } from 'jose'
import { ISSUER, type World } from './world.ts'

/** A token of ours as an independent library verifies it, with the published keys and the clock of the tests. */
export async function verifyJwt(
  { app, clock }: Pick<World, 'app' | 'clock'>,
  token: string,
  { typ = 'JWT', audience = 'ledger' } = {},
): Promise<{ header: ProtectedHeaderParameters; claims: JWTPayload }> {
  const keys = (await (await app.request('/oauth/v2/keys')).json()) as JSONWebKeySet
  const expected = { issuer: ISSUER, audience, typ, currentDate: new Date(clock.now()) }
  const { payload, protectedHeader } = await jwtVerify(token, createLocalJWKSet(keys), expected)
  return { header: protectedHeader, claims: payload }
}

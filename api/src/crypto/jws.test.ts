import { createLocalJWKSet, jwtVerify } from 'jose'
import { expect, test } from 'vitest'
import { SIGNING_ALGORITHMS } from '../domain/application.ts'
import { signJwt } from './jws.ts'
import { generateSigningKey, privateKeyOf, publicKeyOf } from './signing-keys.ts'

test.each(SIGNING_ALGORITHMS)('an independent library verifies %s', async (algorithm) => {
  const { kid, pkcs8, publicJwk } = await generateSigningKey(algorithm)
  const claims = { sub: 'é\u{1f511}', nested: { a: [1, null] } }
  const token = await signJwt({ kid, algorithm, privateKey: privateKeyOf(pkcs8) }, 'JWT', claims)
  const keys = createLocalJWKSet({ keys: [{ ...publicJwk, kid, alg: algorithm, use: 'sig' }] })
  const { payload, protectedHeader } = await jwtVerify(token, keys)
  expect(payload).toEqual(claims)
  expect(protectedHeader).toEqual({ alg: algorithm, typ: 'JWT', kid })

  const [header, , signature] = token.split('.')
  const other = Buffer.from(JSON.stringify({ ...claims, sub: 'x' })).toString('base64url')
  await expect(jwtVerify(`${header}.${other}.${signature}`, keys)).rejects.toThrow()
})

test.each(SIGNING_ALGORITHMS)(
  'the public half of %s holds nothing private, and its kid is its thumbprint',
  async (algorithm) => {
    const { calculateJwkThumbprint } = await import('jose')
    const { kid, publicJwk } = await generateSigningKey(algorithm)
    expect(Object.keys(publicJwk).filter((member) => !['kty', 'n', 'e', 'crv', 'x', 'y'].includes(member))).toEqual([])
    expect(kid).toBe(await calculateJwkThumbprint(publicJwk))
    expect(publicKeyOf(publicJwk).type).toBe('public')
  },
)

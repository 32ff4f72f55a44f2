import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { expect, test } from 'vitest'
import { readPublicKey } from './public-key.ts'

const rsa = (modulusLength: number) => generateKeyPairSync('rsa', { modulusLength })
const jwk = (key: KeyObject) => key.export({ format: 'jwk' })
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' })

test.each([
  ['RSA of 2048 bits', jwk(rsa(2048).publicKey), ['RS256', 'PS256']],
  ['P-256', jwk(ec.publicKey), ['ES256']],
  ['Ed25519', jwk(generateKeyPairSync('ed25519').publicKey), ['EdDSA']],
  ['RSA for one algorithm', { ...jwk(rsa(2048).publicKey), alg: 'PS256', use: 'sig' }, ['PS256']],
])('%s', (_, key, algorithms) => {
  expect(readPublicKey({ ...key, kid: 'one' })).toMatchObject({ kid: 'one', algorithms })
  expect(readPublicKey(key)).toMatchObject({ kid: null })
})

test.each([
  ['RSA of 1024 bits', jwk(rsa(1024).publicKey), 'weak'],
  ['a private key', jwk(ec.privateKey), 'private'],
  ['a private RSA key', jwk(rsa(2048).privateKey), 'private'],
  ['a symmetric key', { kty: 'oct', k: 'c2VjcmV0' }, 'symmetric'],
  ['a point off the curve', { ...jwk(ec.publicKey), y: jwk(ec.publicKey).x }, 'invalid'],
  ['P-384', jwk(generateKeyPairSync('ec', { namedCurve: 'P-384' }).publicKey), 'invalid'],
  ['X25519', jwk(generateKeyPairSync('x25519').publicKey), 'invalid'],
  ['a key to encrypt with', { ...jwk(ec.publicKey), use: 'enc' }, 'invalid'],
  ['another algorithm than the key’s', { ...jwk(ec.publicKey), alg: 'HS256' }, 'invalid'],
  ['no key', {}, 'invalid'],
  ['nothing', null, 'invalid'],
])('%s is refused', (_, key, fault) => {
  expect(readPublicKey(key)).toBe(fault)
})

import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { tokenHash } from '../../crypto/token.ts'
import { openTestDatabase } from '../../testing/open-test-database.ts'
import { acme, createInstance } from './testing/instance.ts'

const instance = async () => createInstance(await openTestDatabase())
const ledger = (more: object = {}) => ({ clientId: 'ledger', name: 'Ledger', type: 'web', ...more })
const file = (...applications: object[]) => acme({ applications })
const HASHES = ['one secret', 'another secret'].map(tokenHash)

describe('the secret of a confidential application', () => {
  test('is made when none is given, shown once, and stored as its hash', async () => {
    const { apply, application, everything } = await instance()
    const { diff, secrets } = await apply(file(ledger()))
    expect(secrets).toEqual([{ clientId: 'ledger', secret: expect.stringMatching(/^[\w-]{43}$/) }])
    const { secret } = secrets[0]!
    expect((await application('ledger')).secretHashes).toEqual([tokenHash(secret)])
    expect(await everything()).not.toContain(secret)
    expect(diff.join()).not.toContain(secret)
    expect((await apply(file(ledger()))).secrets).toEqual([])
  })

  test('can be given as a hash, and replaced, without a word of it in the difference', async () => {
    const { apply, application } = await instance()
    expect((await apply(file(ledger({ secretSha256: [HASHES[0]] })))).secrets).toEqual([])
    const { diff } = await apply(file(ledger({ secretSha256: HASHES })))
    expect(diff).toEqual(['~ application ledger: secretSha256 replaced'])
    expect((await application('ledger')).secretHashes).toEqual(HASHES)
    expect((await apply(file(ledger()))).diff).toEqual([])
  })

  test('does not exist for who can not keep it', async () => {
    const { faults, diff, application } = await instance()
    const spa = ledger({ type: 'spa', secretSha256: [HASHES[0]] })
    expect(await faults(file(spa))).toEqual([
      'organizations[0].applications[0].secretSha256 is for web and api: a spa application can not keep a secret.',
    ])
    await diff(file(ledger({ secretSha256: [HASHES[0]] })))
    await diff(file(ledger({ type: 'spa' })))
    expect(await application('ledger')).toMatchObject({ secretHashes: [], settings: { authenticationMethod: 'none' } })
  })

  test('is made for an application that becomes confidential', async () => {
    const { apply, application } = await instance()
    await apply(file(ledger({ type: 'native' })))
    const { diff, secrets } = await apply(file(ledger({ type: 'api' })))
    expect(diff).toEqual([
      '~ application ledger: type "native" -> "api", authenticationMethod "none" -> "client_secret_basic", with a new secret',
    ])
    expect(secrets).toHaveLength(1)
    expect((await application('ledger')).secretHashes).toEqual([tokenHash(secrets[0]!.secret)])
  })
})

describe('AP4, N184 the keys of private_key_jwt', () => {
  const keyPair = (modulusLength = 2048) => generateKeyPairSync('rsa', { modulusLength })
  const good = { ...keyPair().publicKey.export({ format: 'jwk' }), kid: 'one' }
  const withKeys = (settings: object) =>
    file(ledger({ settings: { authenticationMethod: 'private_key_jwt', ...settings } }))
  const at = 'organizations[0].applications[0].settings'

  test('are public, and an application with them gets no secret', async () => {
    const { apply, application } = await instance()
    expect((await apply(withKeys({ jwks: { keys: [good] } }))).secrets).toEqual([])
    expect((await application('ledger')).settings.jwks).toEqual({ keys: [good] })
    expect((await apply(withKeys({ jwks: null, jwksUri: 'https://rp.test/keys' }))).diff).toHaveLength(1)
  })

  test.each([
    [{}, '.authenticationMethod needs settings.jwks or settings.jwksUri.'],
    [
      { jwks: { keys: [good] }, jwksUri: 'https://rp.test/keys' },
      '.jwksUri must not stand beside jwks: null takes one of them away.',
    ],
    [{ jwks: { keys: [good, good] } }, '.jwks.keys[1] has the kid of another one.'],
    [
      { jwks: { keys: [keyPair().privateKey.export({ format: 'jwk' })] } },
      '.jwks.keys[0] is a private key: only the public half belongs here.',
    ],
    [{ jwks: { keys: [{ kty: 'oct', k: 'eA' }] } }, '.jwks.keys[0] is a symmetric key: both sides would have it.'],
    [
      { jwks: { keys: [keyPair(1024).publicKey.export({ format: 'jwk' })] } },
      '.jwks.keys[0] must have 2048 bits or more.',
    ],
    [
      { jwks: { keys: [{ kty: 'RSA' }] } },
      '.jwks.keys[0] must be an RSA, P-256 or Ed25519 key that verifies signatures.',
    ],
  ])('%#: refused with the place and the reason', async (settings, fault) => {
    const { faults } = await instance()
    expect(await faults(withKeys(settings))).toEqual([at + fault])
  })
})

describe('settings', () => {
  test('that are not named keep their value', async () => {
    const { diff, application } = await instance()
    await diff(file(ledger({ settings: { idTokenAlgorithm: 'ES256', clockSkew: 5 }, grantTypes: ['refresh_token'] })))
    expect(await diff(file(ledger({ settings: { clockSkew: 2 }, redirectUris: ['https://a.test/cb'] })))).toEqual([
      '~ application ledger: redirectUris [] -> ["https://a.test/cb"], clockSkew 5 -> 2',
    ])
    expect(await application('ledger')).toMatchObject({
      grantTypes: ['refresh_token'],
      settings: { idTokenAlgorithm: 'ES256', clockSkew: 2 },
    })
  })

  test.each([
    ['web', 'none', 'must not be none for a web application.'],
    ['api', 'none', 'must not be none for a api application.'],
    ['spa', 'client_secret_basic', 'must be none: a spa application can not keep a secret.'],
    ['native', 'client_secret_post', 'must be none: a native application can not keep a secret.'],
  ])('%s can not use %s', async (type, authenticationMethod, message) => {
    const { faults } = await instance()
    expect(await faults(file(ledger({ type, settings: { authenticationMethod } })))).toEqual([
      `organizations[0].applications[0].settings.authenticationMethod ${message}`,
    ])
  })
})

describe('redirect URIs', () => {
  const place = 'organizations[0].applications[0]'

  test('are refused where they are wrong', async () => {
    const { faults } = await instance()
    const redirectUris = ['https://a.test/cb', 'http://a.test/cb', 'https://a.test/*']
    const all = await faults(file(ledger({ redirectUris, postLogoutRedirectUris: ['https://a.test/#out'] })))
    expect(all.map((line) => line.split(' ')[0])).toEqual([
      `${place}.redirectUris[1]`,
      `${place}.redirectUris[2]`,
      `${place}.postLogoutRedirectUris[0]`,
    ])
  })

  test('over http are for development, and for native applications on this machine', async () => {
    const { faults, diff } = await instance()
    const development = ledger({ redirectUris: ['http://a.test/cb'], settings: { development: true } })
    const native = {
      clientId: 'tool',
      name: 'Tool',
      type: 'native',
      redirectUris: ['http://127.0.0.1/cb', 'com.acme.tool:/cb'],
    }
    expect(await faults(file(development, native))).toEqual([])
    // those that are there are checked against what the application becomes
    expect(
      (await faults(file(ledger({ settings: { development: false } })))).map((line) => line.split(' ')[0]),
    ).toEqual([`${place}.redirectUris[0]`])
    expect(await diff(file(development, native))).toEqual([])
  })

  test('origins besides are https too', async () => {
    const { faults } = await instance()
    expect(
      await faults(file(ledger({ settings: { additionalOrigins: ['https://a.test', 'http://a.test'] } }))),
    ).toEqual([`${place}.settings.additionalOrigins[1] must be https, or settings.development true.`])
  })
})

describe('a client id', () => {
  test('belongs to one application of the instance', async () => {
    const { diff, faults } = await instance()
    await diff(file(ledger()))
    expect(
      await faults({ organizations: [{ primaryDomain: 'other.test', name: 'Other', applications: [ledger()] }] }),
    ).toEqual(['organizations[0].applications[0].clientId belongs to an application of another organization.'])
    expect(await faults(file(ledger(), ledger()))).toEqual([
      'organizations[0].applications[1].clientId is the same as organizations[0].applications[0].clientId.',
    ])
  })

  test('is never the subject of a person', async () => {
    const { diff, faults } = await instance()
    const ada = { username: 'ada', subject: 'ledger' }
    expect(await faults(acme({ applications: [ledger()], users: [ada] }))).toEqual([
      'organizations[0].users[0].subject is the same as organizations[0].applications[0].clientId.',
    ])
    await diff(acme({ users: [ada] }))
    expect(await faults(file(ledger()))).toEqual([
      'organizations[0].applications[0].clientId is the subject of a user.',
    ])
    await diff(file(ledger({ clientId: 'shop' })))
    expect(await faults(acme({ users: [{ username: 'bob', subject: 'shop' }] }))).toEqual([
      'organizations[0].users[0].subject is the clientId of an application.',
    ])
  })
})

describe('AP6 the profile of FAPI 2.0', () => {
  const at = 'organizations[0].applications[0].settings'
  const publicKey = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' })
  const strict = (settings: object = {}, more: object = {}) =>
    file(ledger({ settings: { securityProfile: 'fapi2', jwks: { keys: [publicKey] }, ...settings }, ...more }))

  test('is one switch: the keys, and no secret', async () => {
    const { apply } = await instance()
    expect((await apply(strict())).secrets).toEqual([])
    const { diff } = await apply(strict({ securityProfile: 'none' }))
    expect(diff).toEqual(['~ application ledger: securityProfile "fapi2" -> "none", with a new secret'])
  })

  test('can be spelled out, and its choices be made', async () => {
    const { faults } = await instance()
    const said = { authenticationMethod: 'private_key_jwt', requirePkce: true, idTokenAlgorithm: 'EdDSA' }
    expect(await faults(strict({ ...said, assertionAlgorithm: 'PS256' }))).toEqual([])
  })

  test.each([
    [{ jwks: null }, '.authenticationMethod needs settings.jwks or settings.jwksUri.'],
    [
      { authenticationMethod: 'client_secret_basic' },
      '.authenticationMethod must be private_key_jwt with securityProfile fapi2.',
    ],
    [{ requirePkce: false }, '.requirePkce must be true with securityProfile fapi2.'],
    [{ requirePushedRequests: false }, '.requirePushedRequests must be true with securityProfile fapi2.'],
    [{ dpopBoundAccessTokens: false }, '.dpopBoundAccessTokens must be true with securityProfile fapi2.'],
    [{ firstParty: true }, '.firstParty must be false with securityProfile fapi2.'],
    [{ idTokenAlgorithm: 'RS256' }, '.idTokenAlgorithm must be ES256 or EdDSA with securityProfile fapi2.'],
    [
      { assertionAlgorithm: 'RS256' },
      '.assertionAlgorithm must be null or PS256 or ES256 or EdDSA with securityProfile fapi2.',
    ],
    [
      { assertionAudienceCompatibility: true },
      '.assertionAudienceCompatibility must be false with securityProfile fapi2.',
    ],
  ])('is not contradicted by %j', async (settings, fault) => {
    const { faults, apply } = await instance()
    expect(await faults(strict(settings))).toEqual([at + fault])
    await apply(strict())
    expect(await faults(file(ledger({ settings })))).toEqual([at + fault])
  })

  test('is not for who can keep nothing to itself, also not later', async () => {
    const { faults, apply } = await instance()
    const fault = `${at}.securityProfile must be none: a spa application can not keep a key to itself.`
    expect(await faults(strict({}, { type: 'spa' }))).toEqual([fault])
    await apply(strict())
    expect(await faults(file(ledger({ type: 'spa' })))).toEqual([fault])
  })
})

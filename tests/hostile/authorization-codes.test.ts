import { describe, expect, test } from 'vitest'
import { letTimePass } from './harness/database.ts'
import { codeOf, json } from './harness/http.ts'
import { passwordOf, REDIRECT_URI, secretOf } from './harness/people.ts'
import { expectRefused } from './harness/refusal.ts'
import { basic, claimsOf, newPkce, tokensOf } from './harness/relying-party.ts'
import { openWorld } from './harness/world.ts'

const world = await openWorld()
const { rp } = world

const s256 = (challenge: string) => ({ code_challenge: challenge, code_challenge_method: 'S256' })

describe('N151 PKCE - the verifier', () => {
  const verifiers: [string, (pkce: ReturnType<typeof newPkce>) => string | undefined][] = [
    ['missing', () => undefined],
    ['empty', () => ''],
    ['of another challenge', () => newPkce().verifier],
    ['the challenge itself', ({ challenge }) => challenge],
    ['too short', ({ verifier }) => verifier.slice(0, 42)],
    ['longer', ({ verifier }) => `${verifier}A`],
    ['with a blank', ({ verifier }) => `${verifier} `],
    ['in capitals', ({ verifier }) => verifier.toUpperCase()],
  ]
  test.each(verifiers)('%s spends the code and gives nothing', async (_kind, choose) => {
    const pkce = newPkce()
    const code = await rp.obtainCode(world.browser(), 'clientConf', 'bob', s256(pkce.challenge))
    const verifier = choose(pkce)
    expectRefused(
      await rp.redeem('clientConf', code, verifier === undefined ? {} : { code_verifier: verifier }),
      'invalid_grant',
    )
    expectRefused(await rp.redeem('clientConf', code, { code_verifier: pkce.verifier }), 'invalid_grant')
  })

  test('sent where no challenge was', async () => {
    const code = await rp.obtainCode(world.browser(), 'clientConf', 'bob')
    expectRefused(await rp.redeem('clientConf', code, { code_verifier: newPkce().verifier }), 'invalid_grant')
  })

  test('right', async () => {
    const { challenge, verifier } = newPkce()
    const code = await rp.obtainCode(world.browser(), 'clientPub', 'bob', s256(challenge))
    const form = {
      grant_type: 'authorization_code',
      code,
      redirect_uri: REDIRECT_URI,
      client_id: 'clientPub',
      code_verifier: verifier,
    }
    tokensOf(await rp.post(rp.endpoints.TOKEN, form))
  })
})

describe('N153 PKCE - a code of another client', () => {
  test('is refused, and stays for its own', async () => {
    const pkce = newPkce()
    const code = await rp.obtainCode(world.browser(), 'rp1', 'bob', s256(pkce.challenge))
    expectRefused(await rp.redeem('rp2', code, { code_verifier: pkce.verifier }), 'invalid_grant')
    expectRefused(await rp.redeem('rp2', code, { code_verifier: newPkce().verifier }), 'invalid_grant')
    const form = {
      grant_type: 'authorization_code',
      code,
      redirect_uri: REDIRECT_URI,
      client_id: 'clientPub',
      code_verifier: pkce.verifier,
    }
    expectRefused(await rp.post(rp.endpoints.TOKEN, form), 'invalid_grant')
    const tokens = tokensOf(await rp.redeem('rp1', code, { code_verifier: pkce.verifier }))
    // nor does its presentation by another end what was issued
    expectRefused(await rp.redeem('rp2', code, { code_verifier: pkce.verifier }), 'invalid_grant')
    expect((await rp.userinfo(tokens.access_token)).status).toBe(200)
  })
})

describe('N154 PKCE - who is asking must be one', () => {
  const grant = async () => {
    const pkce = newPkce()
    const code = await rp.obtainCode(world.browser(), 'clientPub', 'bob', s256(pkce.challenge))
    return { grant_type: 'authorization_code', code, redirect_uri: REDIRECT_URI, code_verifier: pkce.verifier }
  }
  const cases: [string, Record<string, string>, Record<string, string>][] = [
    ['one client in the body, another in the header', { client_id: 'clientPub' }, basic('clientConf')],
    ['no client at all', {}, {}],
    ['two ways at once', { client_id: 'clientConf', client_secret: secretOf('clientConf') }, basic('clientConf')],
    ['a secret for a client that has none', { client_id: 'clientPub', client_secret: 'x' }, {}],
    ['a header for a client that has no secret', {}, basic('clientPub', '')],
    [
      'a secret in the body where the header is agreed',
      { client_id: 'clientConf', client_secret: secretOf('clientConf') },
      {},
    ],
    ['a confidential client without its secret', { client_id: 'clientConf' }, {}],
    ['an empty secret', { client_id: 'clientConf', client_secret: '' }, {}],
    ['the hash of the secret', {}, basic('clientConf', 'x'.repeat(43))],
    ['a broken header', {}, { authorization: 'Basic !!!' }],
    ['no colon in the header', {}, { authorization: `Basic ${Buffer.from('clientConf').toString('base64')}` }],
    ['another scheme', {}, { authorization: 'Bearer clientConf' }],
    [
      'an assertion, which is not offered',
      {
        client_id: 'clientConf',
        client_assertion: 'a.b.c',
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      },
      {},
    ],
  ]
  test.each(cases)('%s', async (_kind, form, headers) => {
    const answer = await rp.post(rp.endpoints.TOKEN, { ...(await grant()), ...form }, headers)
    expectRefused(answer, 'invalid_client', 'invalid_request')
    if (codeOf(answer) === 'invalid_client') expect(answer.headers['www-authenticate']).toMatch(/^Basic /)
  })

  test('credentials do not belong into the address', async () => {
    const query = new URLSearchParams({
      ...(await grant()),
      client_id: 'clientConf',
      client_secret: secretOf('clientConf'),
    })
    for (const body of ['', new URLSearchParams(await grant()).toString()])
      expectRefused(await rp.post(`${rp.endpoints.TOKEN}?${query}`, body), 'invalid_request')
  })
})

describe('N155 PKCE - a code a second time', () => {
  test.each([0, 30, 59])('%i s later: refused, and what the first gave is dead', async (later) => {
    const code = await rp.obtainCode(world.browser(), 'clientConf', 'bob')
    const first = tokensOf(await rp.redeem('clientConf', code))
    const second = tokensOf(await rp.refresh('clientConf', first.refresh_token))
    if (later > 0) await letTimePass(world.rows, later)
    expectRefused(await rp.redeem('clientConf', code), 'invalid_grant')
    for (const token of [first.access_token, second.access_token])
      expectRefused(await rp.userinfo(token), 'invalid_token')
    for (const token of [first.refresh_token, second.refresh_token])
      expectRefused(await rp.refresh('clientConf', token), 'invalid_grant')
  })
})

test.each([
  'https://rp.test/CB',
  'https://rp.test/cb/',
  'https://rp.test/other?kept=1',
  '',
  undefined,
  `${REDIRECT_URI} `,
])('N157 PKCE - redirect_uri %j at the token endpoint is not the one of the request', async (redirect_uri) => {
  const code = await rp.obtainCode(world.browser(), 'clientSeveral', 'bob')
  const form: Record<string, string> = {
    grant_type: 'authorization_code',
    code,
    ...(redirect_uri === undefined ? {} : { redirect_uri }),
  }
  expectRefused(await rp.token('clientSeveral', form), 'invalid_grant')
  expectRefused(await rp.redeem('clientSeveral', code), 'invalid_grant')
})

test.each([61, 600])('N158 PKCE - a code of %i s is too old', async (age) => {
  const code = await rp.obtainCode(world.browser(), 'clientConf', 'bob')
  await letTimePass(world.rows, age)
  expectRefused(await rp.redeem('clientConf', code), 'invalid_grant')
})

test('N123 SESS - a code says whose it is, whatever the request at the token endpoint says', async () => {
  const code = await rp.obtainCode(world.browser(), 'clientConf', 'mallory')
  const tokens = tokensOf(
    await rp.redeem('clientConf', code, {
      username: 'alice',
      password: passwordOf('alice'),
      sub: 'alice',
      scope: 'openid profile email',
    }),
  )
  const person = json(await rp.userinfo(tokens.access_token))
  expect(person).toEqual({ sub: claimsOf(tokens.id_token).sub })
})

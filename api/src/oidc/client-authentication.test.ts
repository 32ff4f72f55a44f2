import { expect, test } from 'vitest'
import { tokenHash } from '../crypto/token.ts'
import { expectOAuthError } from '../testing/answers.ts'
import { change } from '../testing/change.ts'
import { basic, postForm, publicTokenRequest, tokenRequest } from '../testing/relying-party.ts'
import { createScene } from '../testing/scene.ts'
import { SECRET } from '../testing/world.ts'

/** A request that fails for its code alone once the client is known. */
const knock = { grant_type: 'authorization_code', code: 'x', redirect_uri: 'x' }
const encode = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`

test('CA1 client_secret_basic', async () => {
  const { world } = await createScene()
  await expectOAuthError(await tokenRequest(world, 'ledger', knock), 400, 'invalid_grant')
})

test('CA1 client_secret_post', async () => {
  const { world } = await createScene({ application: { settings: { authenticationMethod: 'client_secret_post' } } })
  const form = { ...knock, client_id: 'ledger', client_secret: SECRET }
  await expectOAuthError(await postForm(world, '/oauth/v2/token', form), 400, 'invalid_grant')
})

test('CA1 a public client says its client_id', async () => {
  const { world } = await createScene({ application: { type: 'spa' } })
  await expectOAuthError(await publicTokenRequest(world, 'ledger', knock), 400, 'invalid_grant')
})

const ODD = 'a:b%c+d e é/?&=\u{1f511}'

test.each([
  ['percent-encoded', (id: string, secret: string) => `${encodeURIComponent(id)}:${encodeURIComponent(secret)}`],
  ['form-encoded', (id: string, secret: string) => `${formEncoded(id)}:${formEncoded(secret)}`],
])('CA1 Basic credentials are decoded: %s', async (_name, write) => {
  const { world } = await createScene()
  await world.addApplication('l é:%+', { secretHashes: [tokenHash(ODD)] })
  const headers = { authorization: encode(write('l é:%+', ODD)) }
  await expectOAuthError(await tokenRequest(world, '', knock, headers), 400, 'invalid_grant')
})

const formEncoded = (text: string) => new URLSearchParams({ v: text }).toString().slice(2)

test.each([
  ['loosely encoded base64', `${basic('ledger')}=`],
  ['base64 with a space', basic('ledger').replace('Basic ', 'Basic  ')],
  ['base64url', 'Basic _-_-'],
  ['no colon', encode('ledger')],
  ['no client', encode(`:${SECRET}`)],
  ['a broken percent sign', encode(`ledger:%zz`)],
  ['another scheme', `Bearer ${SECRET}`],
  ['nothing behind the scheme', 'Basic '],
])('CA1 %s is refused', async (_name, authorization) => {
  const { world } = await createScene()
  await expectOAuthError(await tokenRequest(world, 'ledger', knock, { authorization }), 401, 'invalid_client')
})

test('CA2 two methods at once', async () => {
  const { world } = await createScene()
  const form = { ...knock, client_id: 'ledger', client_secret: SECRET }
  await expectOAuthError(await tokenRequest(world, 'ledger', form), 400, 'invalid_request')
})

test('CA2 a client_id in the body that differs from the authenticated one', async () => {
  const { world } = await createScene()
  await world.addApplication('other')
  await expectOAuthError(await tokenRequest(world, 'ledger', { ...knock, client_id: 'other' }), 401, 'invalid_client')
  await expectOAuthError(await tokenRequest(world, 'ledger', { ...knock, client_id: 'ledger' }), 400, 'invalid_grant')
})

test('CA3 one and the same answer for everything that is wrong', async () => {
  const { world } = await createScene()
  await world.addApplication('posting', { settings: { authenticationMethod: 'client_secret_post' } })
  await world.addApplication('public', { type: 'spa' })
  const off = await world.addApplication('off')
  await change(world, 'applications', off.id, { state: 'deactivated' })
  const responses = [
    await tokenRequest(world, 'ledger', knock, { authorization: basic('ledger', 'wrong') }),
    await tokenRequest(world, 'ledger', knock, { authorization: basic('ledger', '') }),
    await tokenRequest(world, 'nobody', knock),
    await tokenRequest(world, 'led\0ger', knock),
    await tokenRequest(world, 'off', knock),
    await tokenRequest(world, 'posting', knock),
    await tokenRequest(world, 'public', knock),
    await postForm(world, '/oauth/v2/token', knock),
    await publicTokenRequest(world, 'ledger', knock),
    await postForm(world, '/oauth/v2/token', { ...knock, client_id: 'ledger', client_secret: SECRET }),
    await postForm(world, '/oauth/v2/token', { ...knock, client_id: 'public', client_secret: 'x' }),
  ]
  const answers = await Promise.all(
    responses.map(async (response) => ({
      status: response.status,
      // the name of the request is the only difference
      body: (await response.text()).replace(/,"trace_id":"[0-9a-f-]{36}"/, ''),
      headers: [...response.headers].filter(([name]) => name !== 'x-request-id'),
    })),
  )
  for (const answer of answers) expect(answer).toEqual(answers[0])
  expect(answers[0]).toMatchObject({
    status: 401,
    body: '{"error":"invalid_client","error_description":"client authentication failed"}',
  })
  expect(responses[0]!.headers.get('www-authenticate')).toBe('Basic realm="vestibule"')
})

const asBasic = (secret: string) => ({ form: knock, headers: { authorization: basic('ledger', secret) } })
const asForm = (secret: string) => ({ form: { ...knock, client_id: 'ledger', client_secret: secret }, headers: {} })

test.each([
  ['client_secret_basic', asBasic],
  ['client_secret_post', asForm],
] as const)(
  'CA4 failures count per client and address, and nobody else is shut out (%s)',
  async (authenticationMethod, credentials) => {
    const { world } = await createScene({ application: { settings: { authenticationMethod } } })
    const post = (address: string, secret: string) => {
      const { form, headers } = credentials(secret)
      const init = {
        method: 'POST',
        headers: { host: 'localhost:3000', 'content-type': 'application/x-www-form-urlencoded', ...headers },
        body: new URLSearchParams(form).toString(),
      }
      return world.app.request('/oauth/v2/token', init, { incoming: { socket: { remoteAddress: address } } } as never)
    }
    for (let at = 0; at < 60; at++) expect((await post('198.51.100.1', `guess ${at}`)).status).toBe(401)
    const throttled = await post('198.51.100.1', 'guess 61')
    expect(throttled.status).toBe(429)
    expect(Number(throttled.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await throttled.json()).toMatchObject({ error: 'temporarily_unavailable' })
    // the client itself, elsewhere
    await expectOAuthError(await post('198.51.100.2', SECRET), 400, 'invalid_grant')
    world.clock.advance(61)
    await expectOAuthError(await post('198.51.100.1', SECRET), 400, 'invalid_grant')
  },
)

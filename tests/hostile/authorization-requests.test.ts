import { once } from 'node:events'
import { createServer } from 'node:net'
import { describe, expect, test } from 'vitest'
import { redirectOf } from './harness/browser.ts'
import { REDIRECT_URI } from './harness/people.ts'
import { errorOf, newPkce } from './harness/relying-party.ts'
import { openWorld } from './harness/world.ts'

const world = await openWorld()
const { rp } = world

const s256 = (challenge: string) => ({ code_challenge: challenge, code_challenge_method: 'S256' })

/** An error sent to the application, with what belongs to it and nothing else. */
async function expectSentError(
  clientId: string,
  parameters: Record<string, string>,
  ...errors: string[]
): Promise<void> {
  const answer = await world.browser().get(rp.authorizePath(clientId, { state: 'a state', ...parameters }))
  const url = redirectOf(answer)
  expect(url.href.startsWith(`${REDIRECT_URI}?`)).toBe(true)
  expect(errors).toContain(url.searchParams.get('error'))
  expect(url.searchParams.get('state')).toBe('a state')
  expect(url.searchParams.get('iss')).toBe(world.server.issuer)
  expect(
    [...url.searchParams.keys()].filter((name) => !['error', 'error_description', 'state', 'iss'].includes(name)),
  ).toEqual([])
  expect(url.searchParams.get('error_description') ?? '').toMatch(/^[\x20-\x21\x23-\x5b\x5d-\x7e]*$/)
}

test('N149 PKCE - a public client without a challenge is refused', async () => {
  await expectSentError('clientPub', {}, 'invalid_request')
  await expectSentError('clientPub', { prompt: 'none' }, 'invalid_request')
  await expectSentError('clientPub', { code_challenge: '' }, 'invalid_request')
})

describe('N150 PKCE - a challenge that is none', () => {
  const { challenge } = newPkce()
  test.each([
    { code_challenge: challenge },
    { code_challenge: challenge, code_challenge_method: 'plain' },
    { code_challenge: challenge, code_challenge_method: 's256' },
    { code_challenge: challenge, code_challenge_method: 'S512' },
    { code_challenge_method: 'S256' },
    s256(challenge.slice(1)),
    s256('a'.repeat(129)),
    s256(`${challenge}=`),
    s256(`${challenge.slice(1)}+`),
    s256(`${challenge.slice(1)} `),
    s256(`${challenge.slice(1)}\u0000`),
    s256(`${challenge.slice(1)}é`),
  ])('%j', async (parameters) => {
    for (const clientId of ['clientPub', 'clientConf'])
      await expectSentError(clientId, parameters as Record<string, string>, 'invalid_request')
  })
})

describe('N160 PKCE - only the code flow', () => {
  test.each([
    'token',
    'id_token',
    'code token',
    'code id_token',
    'code id_token token',
    'none',
    'code code',
    'CODE',
    'code ',
    '',
  ])('response_type=%j', async (response_type) => {
    for (const prompt of ['', 'none'])
      await expectSentError('clientConf', { response_type, prompt }, 'unsupported_response_type', 'invalid_request')
  })
})

describe('N161 PKCE - request objects are refused, and nothing is fetched', () => {
  test('request and request_uri, at both methods', async () => {
    let connections = 0
    const listener = createServer((socket) => {
      connections++
      socket.destroy()
    }).listen(0, '127.0.0.1')
    await once(listener, 'listening')
    const { port } = listener.address() as { port: number }
    const none = Buffer.from('{"alg":"none"}').toString('base64url')
    const request = `${none}.${Buffer.from(JSON.stringify({ client_id: 'clientConf', redirect_uri: 'https://evil.test/cb', response_type: 'code' })).toString('base64url')}.`

    await expectSentError('clientConf', { request }, 'request_not_supported')
    for (const request_uri of [
      `http://127.0.0.1:${port}/`,
      `https://127.0.0.1:${port}/`,
      'file:///etc/passwd',
      'urn:ietf:params:oauth:request_uri',
      'data:,x',
    ])
      await expectSentError('clientConf', { request_uri }, 'request_uri_not_supported')
    await expectSentError('clientConf', { request, request_uri: `http://127.0.0.1:${port}/` }, 'invalid_request')
    const registration = `{"jwks_uri":"http://127.0.0.1:${port}/"}`
    await expectSentError('clientConf', { registration }, 'registration_not_supported')
    await expectSentError('clientConf', { resource: `http://127.0.0.1:${port}/` }, 'invalid_target')
    const pushed = await world
      .browser()
      .get(rp.authorizePath('clientConf', { request_uri: `urn:ietf:params:oauth:request_uri:${'A'.repeat(43)}` }))
    expect([pushed.status, pushed.headers.location]).toEqual([400, undefined])

    listener.close()
    expect(connections).toBe(0)
  })

  test('a request that was posted is for its own client only, and its values win', async () => {
    const query = rp.authorizePath('rp1', { state: 'posted', prompt: 'none' })
    const posted = await rp.post(rp.endpoints.AUTHZ, query.slice(query.indexOf('?') + 1))
    const location = new URL(posted.headers.location!, world.server.issuer)
    const asOther = new URLSearchParams({ client_id: 'rp2', request_uri: location.searchParams.get('request_uri')! })
    const stolen = await world.browser().get(`${rp.endpoints.AUTHZ}?${asOther}`)
    expect([stolen.status, stolen.headers.location]).toEqual([400, undefined])
    const own = await world
      .browser()
      .get(`${location.pathname}${location.search}&state=changed&redirect_uri=https://evil.test/cb`)
    expect(redirectOf(own).searchParams.get('state')).toBe('posted')
    expect(errorOf(own)).toBe('login_required')
  })
})

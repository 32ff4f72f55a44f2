import type { RequestOptions } from '@vestibule/shared/contract/webauthn.ts'
import { decodeJwt } from 'jose'
import { expect, test } from 'vitest'
import { SoftAuthenticator } from '../../../scripts/authenticator/soft-authenticator.ts'
import { createCrossing, createTwoAddresses, GLOBEX, GRETA } from '../testing/addresses.ts'
import { expectProblem, jsonOf } from '../testing/answers.ts'
import type { Browser } from '../testing/browser.ts'
import { change } from '../testing/change.ts'
import { createListener } from '../testing/listener.ts'
import { addPasskey, passkeyOptions } from '../testing/passkeys.ts'
import { PICTURES } from '../testing/pictures.ts'
import { authorizePath, obtainTokens, userinfoRequest } from '../testing/relying-party.ts'
import { ISSUER, PASSWORD, type World } from '../testing/world.ts'
import { claimNotices, deliverNotice } from '../use-cases/sign-out/deliver-notice.ts'

const RELATED = 'https://shop.example'
const signInAtHome = async (browser: Browser) => browser.signIn(await browser.open('/account'), GRETA, PASSWORD)

/** What was sent to somebody since the last time. */
async function sentBy({ deliver, messages }: World) {
  const before = messages().length
  await deliver()
  return messages()
    .slice(0, messages().length - before)
    .map(({ text, html }) => `${text}\n${html ?? ''}`)
}

test('G1 every link of a mail leads to the address that it was asked for at, whoever sends it and when', async () => {
  const { ways, world, giveDomain, clock } = await createCrossing()
  for (const { from, issuer, other } of ways) {
    clock.advance(3600)
    const browser = from.browser()
    const request = await browser.open(authorizePath('depot'))
    await browser.post(`/api/login/${request}/identifier`, { identifier: GRETA })
    expect((await browser.post(`/api/login/${request}/reset`, {})).status).toBe(200)
    // the name is gone before the worker comes
    if (issuer === GLOBEX) await giveDomain(null)
    const [mail = '', ...more] = await sentBy(world)
    expect(more).toEqual([])
    const links = mail.match(/https?:\/\/[^\s"<]+#[^\s"<]+/g) ?? []
    expect(links.length).toBeGreaterThan(0)
    for (const link of links) expect(new URL(link).origin).toBe(issuer)
    expect(mail.split('\n')).toContain(issuer)
    expect(mail).not.toContain(other)
  }
})

test('G1 an application is told of a sign-out in the name of the issuer that signed in', async () => {
  const listener = await createListener()
  const { ways, world, deps, depot } = await createCrossing({ env: { LOOPBACK_REQUESTS: 'on' } })
  const settings = { ...depot.settings, backchannelLogoutUri: `${listener.url}/out`, development: true }
  await change(world, 'applications', depot.id, { settings })
  const told = []
  for (const { from } of ways) {
    const browser = from.browser()
    const { id_token = '' } = await obtainTokens(from, browser, 'depot', GRETA)
    await browser.get(`/oidc/v1/end_session?${new URLSearchParams({ id_token_hint: id_token })}`)
    told.push(decodeJwt(id_token).sid)
  }
  // one worker tells of both
  for (const notice of await claimNotices(deps, { holder: 'tests', most: 10 }))
    await deliverNotice(deps, notice, new AbortController().signal)
  const claims = listener.heard.map(({ body }) => decodeJwt(new URLSearchParams(body).get('logout_token') ?? ''))
  expect(new Map(claims.map(({ sid, iss }) => [sid, iss]))).toEqual(
    new Map([
      [told[0], ISSUER],
      [told[1], GLOBEX],
    ]),
  )
})

test('G1 frames of a front-channel sign-out name the issuer that signed in', async () => {
  const { ways, world, depot } = await createCrossing()
  const settings = { ...depot.settings, frontchannelLogoutUri: 'https://rp.test/out' }
  await change(world, 'applications', depot.id, { settings })
  for (const { from, issuer } of ways) {
    const browser = from.browser()
    const { id_token = '' } = await obtainTokens(from, browser, 'depot', GRETA)
    const page = await browser.page(`/oidc/v1/end_session?${new URLSearchParams({ id_token_hint: id_token })}`)
    const frames = page.kind === 'signed_out' ? page.signedOut.frames : []
    expect(frames.map((frame) => new URL(frame).searchParams.get('iss'))).toEqual([issuer])
  }
})

test('G1 a picture is at the address that says it, wherever it was sent', async () => {
  const { ways, there, world, giveDomain, clock } = await createCrossing()
  const body = new Uint8Array(await PICTURES.png())
  for (const { from, issuer } of ways) {
    const browser = from.browser()
    await signInAtHome(browser)
    const headers = { origin: issuer, 'content-type': 'image/png', 'content-length': String(body.length) }
    const { picture } = await jsonOf<{ picture: string }>(
      await browser.send('/api/me/avatar', { method: 'POST', body, headers }),
    )
    for (const at of ways) {
      const tokens = await obtainTokens(at.from, at.from.browser(), 'depot', GRETA, { scope: 'openid profile' })
      expect(await jsonOf(await userinfoRequest(at.from, tokens.access_token))).toMatchObject({
        picture: at.issuer + picture,
      })
      const elsewhere = at.from.browser()
      await signInAtHome(elsewhere)
      expect(await jsonOf(await elsewhere.get('/api/me'))).toMatchObject({ picture })
      expect((await elsewhere.get(picture)).status).toBe(200)
    }
  }
  // and it outlives the name at which it was sent
  await giveDomain(null)
  clock.advance(5)
  expect((await there.browser().get('/reset')).status).toBe(421)
  const browser = world.browser()
  await signInAtHome(browser)
  expect(await jsonOf(await browser.get('/api/me'))).toMatchObject({ picture: expect.stringMatching(/^\/avatars\//) })
})

test('a passkey of the public host signs in at the login domain, by what was signed there alone', async () => {
  const { ways } = await createCrossing()
  const [here] = ways
  const authenticator = new SoftAuthenticator(ISSUER)
  const browser = here!.from.browser()
  await signInAtHome(browser)
  expect((await addPasskey(browser, authenticator)).response.status).toBe(200)
  for (const { from, issuer, other } of ways) {
    const visitor = from.browser()
    const request = await visitor.open(authorizePath('depot'))
    const touch = async (origin: string) => {
      const options: RequestOptions = await passkeyOptions(visitor, request)
      expect(options.rpId).toBe('localhost')
      return visitor.post(`/api/login/${request}/passkey`, { credential: authenticator.get(options, { origin }) })
    }
    await expectProblem(await touch(other), 401, 'passkey_refused')
    await expectProblem(await touch('http://evil.localhost:3000'), 401, 'passkey_refused')
    const { step } = await jsonOf<{ step: { kind: string } }>(await touch(issuer))
    expect(step.kind).toBe('redirect')
  }
})

test('the pages that may use the passkeys of this place are listed, with every login domain, until it is gone', async () => {
  const { world, there, giveDomain, clock } = await createTwoAddresses({ env: { RELATED_ORIGINS: RELATED } })
  const listed = async (at: World) =>
    (await jsonOf<{ origins: string[] }>(await at.browser().get('/.well-known/webauthn'))).origins
  expect(await listed(world)).toEqual([ISSUER, RELATED, GLOBEX])
  expect(await listed(there)).toEqual([ISSUER, RELATED, GLOBEX])
  await giveDomain(null)
  clock.advance(5)
  expect(await listed(world)).toEqual([ISSUER, RELATED])
})

import { decodeJwt } from 'jose'
import { describe, expect, test } from 'vitest'
import { DatabaseBusy } from '../persistence/database.ts'
import { createTwoAddresses, GLOBEX, GRETA } from '../testing/addresses.ts'
import { clientAnswer, expectErrorPage, expectProblem, jsonOf } from '../testing/answers.ts'
import { change } from '../testing/change.ts'
import { authorizePath, basic, obtainTokens, postForm, userinfoRequest } from '../testing/relying-party.ts'
import { routesWhere } from '../testing/routes.ts'
import { BOB } from '../testing/scene.ts'
import { ISSUER, type World } from '../testing/world.ts'

const METADATA = ['/.well-known/openid-configuration', '/.well-known/oauth-authorization-server']
const metadataAt = ({ app }: World, host: string, more: Record<string, string> = {}) =>
  app.request(METADATA[0]!, { headers: { host, ...more } })
const introspect = (at: World, token: string) =>
  postForm(at, '/oauth/v2/introspect', { token }, { authorization: basic('depot') })

describe('G1 the host of a login domain chooses the issuer', () => {
  test('G1 at a login domain one issuer, byte for byte, in all that is said in one conversation', async () => {
    const { there, depot, world } = await createTwoAddresses()
    await change(world, 'applications', depot.id, { settings: { ...depot.settings, accessTokenFormat: 'jwt' } })
    const browser = there.browser()
    for (const path of METADATA) {
      const metadata = await jsonOf<Record<string, unknown>>(await browser.get(path))
      expect(metadata.issuer).toBe(GLOBEX)
      for (const [name, address] of Object.entries(metadata))
        if (/(_endpoint|_uri|_iframe)$/.test(name)) expect(new URL(String(address)).origin, name).toBe(GLOBEX)
    }
    expect(clientAnswer(await browser.get(authorizePath('depot', { prompt: 'none' }))).iss).toBe(GLOBEX)
    const tokens = await obtainTokens(there, browser, 'depot', GRETA)
    expect([decodeJwt(tokens.id_token!).iss, decodeJwt(tokens.access_token).iss]).toEqual([GLOBEX, GLOBEX])
    expect(await jsonOf(await introspect(there, tokens.access_token))).toMatchObject({ active: true, iss: GLOBEX })
    expect(clientAnswer(await browser.get(authorizePath('depot', { prompt: 'none' })))).toMatchObject({
      iss: GLOBEX,
      code: expect.any(String),
    })
  })

  test.each([
    'GLOBEX.localhost:3000',
    'globex.localhost',
    'globex.localhost:80',
    'globex.localhost:3001',
    'globex.localhost.:3000',
    'x.globex.localhost:3000',
    'globex.localhost:3000:3000',
    'localhost:3000@globex.localhost:3000',
    'globex.localhost:3000.evil.test',
    'globex.localhost:3000, localhost:3000',
    '[::1]:3000',
    '127.0.0.1:3000',
    ':3000',
    '',
    'x'.repeat(10_000),
  ])('G1 the host %s is not quite ours', async (host) => {
    const { world } = await createTwoAddresses()
    expect((await metadataAt(world, 'globex.localhost:3000')).status).toBe(200)
    const response = await metadataAt(world, host)
    expect([response.status, response.headers.get('cache-control')]).toEqual([421, 'no-store'])
    expect(response.headers.get('set-cookie')).toBeNull()
  })

  test('G1 the same is there and is not there at every address', async () => {
    const { world, there } = await createTwoAddresses()
    const statuses = async ({ app }: World, host: string) => {
      const found = []
      for (const { path } of routesWhere(() => true))
        for (const method of ['GET', 'POST', 'PUT', 'OPTIONS']) {
          if (['/metrics', '/healthz', '/readyz'].includes(path)) continue
          const response = await app.request(path, { method, headers: { host } })
          found.push([method, path, response.status, response.headers.get('allow')])
        }
      return found
    }
    expect(await statuses(there, '')).toEqual(await statuses(world, 'localhost:3000'))
  })

  test('G1 with https and no port the host has none, and cookies are bound to it', async () => {
    const { world, giveDomain } = await createTwoAddresses({ env: { PUBLIC_URL: 'https://localhost' } })
    await giveDomain('login.globex.example')
    const metadata = await metadataAt(world, 'login.globex.example')
    expect(await jsonOf(metadata)).toMatchObject({ issuer: 'https://login.globex.example' })
    for (const host of ['login.globex.example:443', 'login.globex.example:3000', 'LOGIN.globex.example'])
      expect((await metadataAt(world, host)).status, host).toBe(421)
    const opened = await world.app.request(authorizePath('depot'), { headers: { host: 'login.globex.example' } })
    expect(opened.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^__Host-vestibule=[^;]+; Path=\/; HttpOnly; Secure/),
    ])
    expect(opened.headers.get('set-cookie')).not.toMatch(/domain/i)
    // the name may be that of a whole company: what is below it is not ours to say
    expect(opened.headers.get('strict-transport-security')).toBe('max-age=63072000')
  })

  test('G1 forwarding headers choose no address', async () => {
    const { world } = await createTwoAddresses()
    const naming = (host: string) => ({
      forwarded: `host=${host};proto=https`,
      'x-forwarded-host': host,
      'x-forwarded-proto': 'https',
      'x-original-host': host,
    })
    const here = await metadataAt(world, 'localhost:3000', naming('globex.localhost:3000'))
    expect(await jsonOf(here)).toMatchObject({ issuer: ISSUER })
    const there = await metadataAt(world, 'globex.localhost:3000', naming('localhost:3000'))
    expect(await jsonOf(there)).toMatchObject({ issuer: GLOBEX })
    expect((await metadataAt(world, 'evil.test', naming('globex.localhost:3000'))).status).toBe(421)
  })

  test('G1 a login domain that was taken away is nobody’s within five seconds, at every address', async () => {
    const { world, giveDomain, clock } = await createTwoAddresses({ env: { RATE_LIMIT_FACTOR: '10' } })
    const host = 'globex.localhost:3000'
    expect((await metadataAt(world, host)).status).toBe(200)
    await giveDomain(null)
    clock.advance(5)
    for (const { method, path } of routesWhere(() => true)) {
      if (['/healthz', '/readyz', '/metrics'].includes(path)) continue
      const response = await world.app.request(path, { method, headers: { host } })
      expect([path, response.status, response.headers.get('cache-control')]).toEqual([path, 421, 'no-store'])
    }
    await giveDomain('globex.localhost')
    expect((await metadataAt(world, host)).status).toBe(200)
  })

  test('G1 nobody is answered at the login domain of an organization that is deactivated', async () => {
    const { world, globex, clock } = await createTwoAddresses()
    expect((await metadataAt(world, 'globex.localhost:3000')).status).toBe(200)
    await change(world, 'organizations', globex, { state: 'deactivated' })
    clock.advance(5)
    expect((await metadataAt(world, 'globex.localhost:3000')).status).toBe(421)
  })

  test('G1 a login domain that another organization got is theirs', async () => {
    const { world, there, acme, giveDomain, deps, clock } = await createTwoAddresses()
    expect((await there.browser().page('/reset')).branding.name).toBe('globex.test')
    await giveDomain(null)
    await deps.db.transaction((tx) =>
      deps.repositories.organizations.change(tx, acme, { loginDomain: 'globex.localhost' }),
    )
    clock.advance(5)
    expect((await there.browser().page('/reset')).branding.name).toBe('acme.test')
    await expectErrorPage(await there.browser().get(authorizePath('depot')), 'invalid_request')
    expect((await world.browser().get(authorizePath('depot'))).status).toBe(302)
  })

  test('G1 who asks for many hosts of nobody is looked up no more, and others are', async () => {
    const texts: string[] = []
    const { world } = await createTwoAddresses({ observe: (text) => texts.push(text) })
    const ask = async (host: string, remoteAddress: string) => {
      const bindings = { incoming: { socket: { remoteAddress } } } as never
      return (await world.app.request('/reset', { headers: { host } }, bindings)).status
    }
    for (let nth = 0; nth < 120; nth++) expect(await ask(`x${nth}.localhost:3000`, '203.0.113.1')).toBe(421)
    texts.length = 0
    expect(await ask('globex.localhost:3000', '203.0.113.1')).toBe(421)
    expect(texts).toEqual([])
    expect(await ask('globex.localhost:3000', '203.0.113.2')).toBe(200)
    // and whoever is known already is nobody's guess
    expect(await ask('globex.localhost:3000', '203.0.113.1')).toBe(200)
  })

  test.each([
    ['busy', () => new DatabaseBusy('it is busy'), 503, 'temporarily_unavailable'],
    ['broken', () => new Error('canary fault'), 500, 'internal'],
  ] as const)(
    'G1 where a host can not be looked up, because the database is %s, that is said in our words',
    async (_, fault, status, code) => {
      let failing = false
      const { world } = await createTwoAddresses({
        observe(text) {
          if (failing && text.includes('login_domain')) throw fault()
        },
      })
      failing = true
      const response = await world.app.request('/reset', { headers: { host: 'globex.localhost:3000' } })
      expect(response.headers.get('x-content-type-options')).toBe('nosniff')
      expect(response.headers.get('cache-control')).toBe('no-store')
      await expectProblem(response, status, code)
      expect(world.logLines.join().includes('unexpected failure')).toBe(status === 500)
      failing = false
      expect((await world.app.request('/reset', { headers: { host: 'globex.localhost:3000' } })).status).toBe(200)
    },
  )

  test('G1 a request to the public address asks for no login domain', async () => {
    const texts: string[] = []
    const { world, browser } = await createTwoAddresses({ observe: (text) => texts.push(text) })
    texts.length = 0
    const tokens = await obtainTokens(world, browser, 'ledger', BOB)
    expect((await userinfoRequest(world, tokens.access_token)).status).toBe(200)
    expect(texts.length).toBeGreaterThan(10)
    expect(texts.filter((text) => /where.*login_domain/i.test(text))).toEqual([])
  })
})

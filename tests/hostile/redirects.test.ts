import { describe, expect, onTestFinished, test } from 'vitest'
import { pageOf, redirectOf } from './harness/browser.ts'
import { type Answer, json } from './harness/http.ts'
import { application, passwordOf, REDIRECT_URI } from './harness/people.ts'
import { expectRefused } from './harness/refusal.ts'
import { errorOf, type Values } from './harness/relying-party.ts'
import { faultsOf } from './harness/server.ts'
import { openWorld } from './harness/world.ts'
import { LOGIN, ME } from './paths.ts'

const world = await openWorld()
const { rp } = world

/** An error page of ours: no way out of it, and no link to what was asked for. */
function expectOwnErrorPage(answer: Answer, refused?: string): void {
  expect(answer.status, answer.headers.location).toBe(400)
  expect(answer.headers.location).toBeUndefined()
  expect(answer.headers.refresh).toBeUndefined()
  expect(pageOf(answer)?.kind).toBe('error')
  expect(answer.body).not.toMatch(/http-equiv=.?refresh/i)
  if (refused) expect(answer.body).not.toContain(refused)
}

/** The same request by both methods. */
async function ask(clientId: string, parameters: Record<string, string>): Promise<Answer[]> {
  const query = rp.authorizePath(clientId, parameters)
  return [await world.browser().get(query), await rp.post(rp.endpoints.AUTHZ, query.slice(query.indexOf('?') + 1))]
}

describe('N143 REDIR - no parameter decides where our own pages lead', () => {
  const targets = [
    '//evil.test',
    '/\\evil.test',
    '/%09/evil.test',
    'https:evil.test',
    '/..//evil.test',
    'javascript:alert(1)',
    'https://evil.test',
    '\\\\evil.test',
    '/%5cevil.test',
    'data:text/html,x',
  ]
  const names = [
    'returnTo',
    'return_to',
    'next',
    'callbackURL',
    'redirect',
    'redirect_uri',
    'url',
    'continue',
    'target',
    'RelayState',
    'post_logout_redirect_uri',
    'goto',
    'state',
  ]

  test.each(targets)('%s', async (target) => {
    const query = new URLSearchParams(names.map((name) => [name, target])).toString()
    for (const path of ['/', '/account', '/setup', '/signed-out', world.endpoints.ENDSESSION]) {
      const answer = await world.browser().get(`${path}?${query}`)
      expect(answer.headers.location ?? '/').toMatch(/^\/(account|login\/req_[0-9a-f]+)?$/)
      expect(answer.body).not.toContain('evil.test')
      expect(answer.body).not.toContain('alert(1)')
    }
  })

  test.each(targets)('%s as the page to come back to', async (target) => {
    const browser = world.browser()
    await browser.signIn(await browser.open('/account'), 'bob', passwordOf('bob'))
    expectRefused(await browser.call(ME.stepUp(target)), 'invalid_input')
    expectRefused(await browser.call(ME.switchTo(target)), 'not_found')
    for (const path of [`/account/${target}`, `/account/${encodeURIComponent(target)}`]) {
      const answer = await world.browser().get(path)
      expect(answer.headers.location ?? '/login/req_0').toMatch(/^\/login\/req_[0-9a-f]+$/)
      expect(answer.body).not.toContain('evil.test')
    }
  })

  test('a login without an application ends at the account pages', async () => {
    const browser = world.browser()
    const request = await browser.open('/account?returnTo=https://evil.test&next=//evil.test')
    await browser.get(`/login/${request}?returnTo=https://evil.test`)
    const answer = await browser.signIn(request, 'bob', passwordOf('bob'))
    expect(json(answer).step.redirect).toEqual({ to: '/account' })
  })
})

describe('N145 REDIR - links that a manager sets', () => {
  const bad = [
    'javascript:alert(1)',
    'http://rp.test/',
    '//evil.test',
    'data:text/html,x',
    'https:evil',
    '/terms',
    'HTTPS:\\\\evil.test',
  ]

  test('are https, or refused with all that is wrong', async () => {
    const organizations = bad.map((link, at) => ({
      primaryDomain: `bad${at}.test`,
      name: 'Bad links',
      policies: { links: { help: link, privacy: link, terms: link } },
      applications: [
        application({ clientId: `bad${at}`, type: 'web', settings: { privacyUri: link, termsUri: link } }),
      ],
    }))
    const faults = (await faultsOf(world.place, { organizations })).join('\n')
    for (const [at, link] of bad.entries())
      for (const member of [
        'policies.links.help',
        'policies.links.privacy',
        'policies.links.terms',
        'applications[0].settings.privacyUri',
        'applications[0].settings.termsUri',
      ])
        expect(faults, link).toContain(`organizations[${at}].${member} `)
  })

  test('a bad one in a row is not shown as one', async () => {
    const own = await openWorld({ closing: onTestFinished })
    const [help, privacy, terms] = bad as [string, string, string]
    await own.rows(
      `insert into policies (owner, kind, value, updated_at) select id, 'links', ?, 0 from organizations where is_default = 1`,
      JSON.stringify({ help, privacy, terms }),
    )
    await own.rows(
      `update applications set settings = json_set(settings, '$.privacyUri', ?, '$.termsUri', ?) where client_id = 'rp2'`,
      help,
      privacy,
    )
    const browser = own.browser()
    const page = await browser.get(`/login/${await browser.open(own.rp.authorizePath('rp2'))}`)
    expect(pageOf(page).branding.links).toEqual({ help: null, privacy: null, terms: null })
    expect(pageOf(page).answer.application).toMatchObject({ privacy: null, terms: null })
    for (const link of [help, privacy, terms]) expect(page.body).not.toContain(link)
  })
})

describe('N146 REDIR - what can not be trusted is answered here', () => {
  const modes = ['', 'query', 'fragment', 'form_post', 'web_message', 'jwt', 'query.jwt']
  test.each(modes)('response_mode=%s', async (response_mode) => {
    for (const prompt of ['', 'none', 'login', 'none login'])
      for (const parameters of [
        { client_id: 'nobody' },
        { client_id: '' },
        { redirect_uri: 'https://evil.test/cb' },
        { client_id: 'nobody', redirect_uri: 'https://evil.test/cb' },
      ] as Values[])
        for (const answer of await ask('clientConf', { ...parameters, prompt, response_mode, state: 'canary' }))
          expectOwnErrorPage(answer, 'evil.test')
  })
})

describe('N148 REDIR - the way back', () => {
  test('of somebody who does not want to', async () => {
    for (const response_mode of ['query', 'fragment', 'form_post']) {
      const browser = world.browser()
      const request = await browser.open(rp.authorizePath('clientAsking', { state: 'a state', response_mode }))
      const { to, form } = json(await browser.call(LOGIN.CANCEL(request))).step.redirect as {
        to: string
        form?: Record<string, string>
      }
      const values = form ?? Object.fromEntries(new URLSearchParams(to.split(/[?#]/)[1]))
      expect(to.split(/[?#]/)[0]).toBe(REDIRECT_URI)
      expect(values).toEqual({ error: 'access_denied', state: 'a state', iss: world.server.issuer })
    }
  })

  test('of a refused consent', async () => {
    const browser = world.browser()
    const request = await browser.open(rp.authorizePath('clientAsking', { state: 's' }))
    await browser.signIn(request, 'bob', passwordOf('bob'))
    const refused = redirectOf(await browser.call(LOGIN.CONSENT(request, false)))
    expect(Object.fromEntries(refused.searchParams)).toEqual({
      error: 'access_denied',
      state: 's',
      iss: world.server.issuer,
    })
    expect(errorOf(await rp.silently(browser, 'clientAsking'))).toBe('consent_required')
  })

  test('a registered query stays, byte for byte', async () => {
    const redirect_uri = 'https://rp.test/other?kept=1'
    const answer = await world.browser().get(rp.authorizePath('clientSeveral', { redirect_uri, prompt: 'none' }))
    expect(answer.headers.location?.startsWith(`${redirect_uri}&error=login_required`)).toBe(true)
  })

  test('after a POST the browser is told to GET', async () => {
    for (const [parameters, location] of [
      [{}, /^\/oauth\/v2\/authorize\?/],
      [{ prompt: 'none login' }, /^https:\/\/rp\.test\/cb\?error=invalid_request/],
    ] as const) {
      const [got, posted] = await ask('clientConf', parameters as Record<string, string>)
      expect(got!.status).toBe(302)
      expect(posted!.status).toBe(303)
      expect(posted!.headers.location).toMatch(location)
    }
  })
})

import { beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { pageOf } from './harness/browser.ts'
import { type Answer, send } from './harness/http.ts'
import { passwordOf, withA } from './harness/people.ts'
import { faultsOf } from './harness/server.ts'
import { openWorld } from './harness/world.ts'
import { everyWrite, LOGIN, ME, PAGES } from './paths.ts'

const world = await openWorld()
const { rp, server } = world

const isHtml = (answer: Answer) => /text\/html/.test(answer.headers['content-type'] ?? '')
const policyOf = (answer: Answer) =>
  new Map(
    String(answer.headers['content-security-policy'])
      .split(';')
      .map((part) => part.trim().split(/ (.*)/s) as [string, string]),
  )

/** Every kind of answer there is: pages, errors, API, protocol, assets. */
const answers = new Map<string, Answer>()
beforeAll(async () => {
  const browser = world.browser()
  const request = await browser.open(rp.authorizePath('clientAsking', { response_mode: 'form_post' }))
  const keep = async (name: string, answer: Promise<Answer>) => void answers.set(name, await answer)
  await keep('login page', browser.get(`/login/${request}`))
  await keep('step', browser.call(LOGIN.START(request, 'bob')))
  await keep('wrong password', browser.call(LOGIN.PW(request, 'wrong')))
  await keep('password', browser.call(LOGIN.PW(request, passwordOf('bob'))))
  await keep('consent page', browser.get(`/login/${request}`))
  await keep('done', browser.call(LOGIN.CONSENT(request, true)))
  await keep('form post', browser.get(rp.authorizePath('clientAsking', { response_mode: 'form_post', prompt: 'none' })))
  await keep('account page', browser.get('/account'))
  await keep('me', browser.call(ME.profile()))
  await keep('sign-out page', browser.get(world.endpoints.ENDSESSION))
  for (const path of [
    ...PAGES,
    '/nowhere',
    '/api/nowhere',
    '/assets/nowhere.js',
    '/healthz',
    '/readyz',
    world.endpoints.JWKS,
    world.endpoints.USERINFO,
    '/oauth/v2/authorize',
  ])
    await keep(`GET ${path}`, world.browser().get(path))
  for (const { method, path } of everyWrite('req_0', 'ses_0'))
    await keep(`${method} ${path}`, world.browser().fetch({ method, path }))
  await keep('PUT', world.browser().fetch({ method: 'PUT', path: '/account' }))
  await keep('TRACE', world.browser().fetch({ method: 'TRACE', path: '/account' }))
  await keep(
    'too large',
    world.browser().fetch({
      method: 'POST',
      path: '/api/language',
      body: 'x'.repeat(70_000),
      headers: { 'content-type': 'application/json', origin: server.issuer },
    }),
  )
  await keep('unknown host', send(server, { path: '/account', headers: { host: 'evil.test' } }))
  await keep('token error', rp.token('clientConf', { grant_type: 'x' }))
})

test('N131 CSRF - nothing may be framed, errors and API included', () => {
  expect(answers.size).toBeGreaterThan(40)
  for (const [name, answer] of answers) {
    expect(answer.headers['x-frame-options'], name).toBe('DENY')
    expect(policyOf(answer).get('frame-ancestors'), name).toBe("'none'")
  }
})

describe('N261 XSS - the content security policy', () => {
  test('of every page allows nothing inline and nothing foreign', () => {
    const pages = [...answers].filter(([, answer]) => isHtml(answer))
    expect(pages.length).toBeGreaterThan(8)
    for (const [name, answer] of pages) {
      const policy = policyOf(answer)
      expect(String(answer.headers['content-security-policy']), name).not.toMatch(
        /unsafe|\*|https?:(?!\/\/rp\.test)|data:(?=.*script)/,
      )
      for (const directive of ['default-src', 'object-src', 'base-uri', 'frame-ancestors'])
        expect(policy.get(directive), `${name} ${directive}`).toBe("'none'")
      expect(policy.get('form-action'), name).toMatch(/^'self'( https:\/\/rp\.test)?$/)
      expect(policy.get('script-src'), name).toMatch(/^'self'( 'nonce-[A-Za-z0-9+/=]{22,}')?$/)
    }
  })

  test('of everything else allows nothing at all', () => {
    for (const [name, answer] of answers)
      if (!isHtml(answer)) expect(policyOf(answer).get('default-src'), name).toBe("'none'")
  })

  test('has a new nonce for every page, and no element without it', async () => {
    const nonces = new Set<string>()
    for (let at = 0; at < 10; at++) {
      const answer = await world.browser().get('/setup')
      const nonce = /'nonce-([^']+)'/.exec(
        policyOf(answer).get('script-src') ?? policyOf(answer).get('style-src')!,
      )![1]!
      nonces.add(nonce)
      for (const [element] of answer.body.matchAll(/<(style|script)(?![^>]*\b(src|type="application\/json"))[^>]*>/g))
        expect(element).toContain(`nonce="${nonce}"`)
      expect(answer.body).not.toMatch(/ on[a-z]+=|javascript:|<base|http-equiv/i)
    }
    expect(nonces.size).toBe(10)
  })
})

describe('N255 XSS - a theme is typed values', () => {
  const bad = [
    'red',
    'red;background:url(//evil.test)',
    '}</style><script>',
    'expression(alert(1))',
    'var(--x)',
    'url(https://evil.test)',
    '#12345',
    '#1234567',
    '#12345g',
    '#123456;',
    'rgb(0,0,0)',
    '#123456\n',
    '\\23 123456',
  ]

  test('or is refused with all that is wrong', async () => {
    const members = ['brand', 'background', 'backgroundDark', 'text', 'corners', 'font', 'mode', 'layout']
    const organizations = bad.map((value, at) => ({
      primaryDomain: `bad${at}.test`,
      name: 'Bad colours',
      branding: Object.fromEntries(members.map((member) => [member, value])),
    }))
    const faults = (await faultsOf(world.place, { organizations })).join('\n')
    for (const [at, value] of bad.entries())
      for (const member of members) expect(faults, value).toContain(`organizations[${at}].branding.${member} `)
  })

  test('a bad one in a row becomes no style', async () => {
    const own = await openWorld({ closing: onTestFinished })
    const evil = '"red}</style><script>url(//evil.test)'
    const look = { brand: evil, corners: evil, font: evil, mode: evil, layout: evil }
    await own.rows(
      `insert into policies (owner, kind, value, updated_at) values ('instance', 'branding', ?, 0)`,
      JSON.stringify(look),
    )
    const answer = await own.browser().get('/setup')
    expect(answer.status).toBe(200)
    expect(answer.body).not.toContain('evil.test')
  })
})

test('N258 XSS - the page data can not end the element it stands in', async () => {
  const own = await openWorld({
    configuration: withA({ name: '</script><img src=x>', users: [], applications: [] }),
    closing: onTestFinished,
  })
  const answer = await own.browser().get('/setup')
  expect(pageOf(answer).branding.name).toBe('</script><img src=x>')
  expect(answer.body).not.toContain('</script><img')
  expect(answer.body).not.toContain('<img src=x>')
})

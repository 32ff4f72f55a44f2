import { describe, expect, test } from 'vitest'
import { JWT_BEARER } from '../domain/application.ts'
import { createCrossing, createTwoAddresses, GLOBEX, GRETA } from '../testing/addresses.ts'
import { clientAnswer, expectErrorPage, expectOAuthError, expectProblem, jsonOf } from '../testing/answers.ts'
import { messagesOf } from '../testing/messages.ts'
import { authorizePath, authorizeQuery, basic, obtainTokens, postForm } from '../testing/relying-party.ts'
import { BOB } from '../testing/scene.ts'
import { addServiceUser } from '../testing/service-users.ts'
import { PASSWORD, SIGNED_OUT_URI } from '../testing/world.ts'

describe('a login domain is of one organization', () => {
  test('G1 there only its own pages change something', async () => {
    const { ways } = await createCrossing()
    for (const { from, other: origin } of ways) {
      const browser = from.browser()
      const path = `/api/login/${await browser.open(authorizePath('depot'))}/identifier`
      await expectProblem(await browser.post(path, { identifier: GRETA }, { origin }), 403, 'csrf_failed')
      expect((await browser.post(path, { identifier: GRETA })).status).toBe(200)
    }
  })

  test('its look, languages and registration are there before anybody is known', async () => {
    const { there, world, setPolicy, globex } = await createTwoAddresses()
    await setPolicy('languages', { allowed: ['fr'], default: 'fr' }, globex)
    await setPolicy('registration', { isAllowed: true }, globex)
    const french = { language: 'fr', branding: { name: 'globex.test', languages: ['fr'] } }
    for (const path of ['/reset', '/verify', '/signed-out', '/setup', '/login/req_unknown', '/nowhere'])
      expect(await there.browser().page(path), path).toMatchObject(french)
    expect(await world.browser().page('/reset')).toMatchObject({ language: 'en', branding: { name: 'acme.test' } })

    const browser = there.browser()
    const request = await browser.open(authorizePath('depot', { prompt: 'create' }))
    expect(await browser.step(request)).toMatchObject({ branding: { name: 'globex.test' }, step: { kind: 'register' } })
    const account = await browser.open('/account')
    expect(await browser.page(`/login/${account}`)).toMatchObject(french)
  })

  test('nobody has to be told whom it is for', async () => {
    const { there } = await createTwoAddresses()
    const browser = there.browser()
    const { step, reasons } = await browser.step(await browser.open(authorizePath('depot')))
    expect([step.kind, reasons]).toEqual(['identify', []])
  })

  test('N005 others look like nobody there: no sign-in, no reset, no mail', async () => {
    const { there } = await createTwoAddresses()
    const browser = there.browser()
    const answers = []
    const ways = [authorizePath('depot', { prompt: 'login' }), '/account']
    for (const [way, identifier] of ways.flatMap((one) =>
      [BOB, 'nobody@acme.test'].map((name) => [one, name] as const),
    )) {
      const request = await browser.open(way)
      const {
        account,
        request: _own,
        ...rest
      } = (await jsonOf(await browser.post(`/api/login/${request}/identifier`, { identifier }))) as {
        account: object
        request: string
      }
      answers.push({ ...rest, account: { ...account, loginName: '' } })
      await expectProblem(
        await browser.post(`/api/login/${request}/password`, { password: PASSWORD }),
        401,
        'invalid_credentials',
      )
      expect((await browser.post(`/api/login/${request}/reset`, {})).status).toBe(200)
    }
    expect(answers[0]).toEqual(answers[1])
    expect(answers[2]).toEqual(answers[3])
    expect(await messagesOf(there)).toEqual([])
  })

  test('a browser that others are signed in with is nobody’s there', async () => {
    const { world, there, browser } = await createTwoAddresses()
    await obtainTokens(world, browser, 'ledger', BOB)
    expect((await browser.get('/account')).headers.get('location')).toBe('/account')
    expect((await browser.get('/api/me')).status).toBe(200)
    const elsewhere = there.browser()
    for (const [name, value] of browser.jar) elsewhere.jar.set(name, value)
    await expectProblem(await elsewhere.get('/api/me'), 401, 'unauthenticated')
    expect(clientAnswer(await elsewhere.get(authorizePath('depot', { prompt: 'none' })))).toMatchObject({
      error: 'login_required',
    })
  })

  test('its people have their account pages there, with all that these lead to', async () => {
    const { there, deps } = await createTwoAddresses()
    const browser = there.browser()
    const request = await browser.open('/account')
    expect(await browser.signIn(request, GRETA, PASSWORD)).toMatchObject({
      step: { kind: 'redirect', redirect: { to: '/account' } },
    })
    expect(await jsonOf(await browser.get('/api/me'))).toMatchObject({ loginName: GRETA })
    expect((await browser.page('/account')).kind).toBe('app')
    expect((await browser.post('/api/me/step-up', { returnTo: 'security' })).status).toBe(200)
    const requests = await deps.db.query.select().from(deps.db.tables.authRequests)
    expect(new Set(requests.map(({ parameters }) => parameters.issuer))).toEqual(new Set([GLOBEX]))
  })

  test('an application of another organization is unknown there', async () => {
    const { there, world, acme } = await createTwoAddresses()
    await expectErrorPage(await there.browser().get(authorizePath('ledger')), 'invalid_request')
    const body = authorizeQuery('ledger').toString()
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    await expectErrorPage(
      await there.browser().send('/oauth/v2/authorize', { method: 'POST', body, headers: form }),
      'invalid_request',
    )
    for (const path of ['token', 'par', 'introspect', 'revoke'])
      await expectOAuthError(
        await postForm(there, `/oauth/v2/${path}`, {}, { authorization: basic('ledger') }),
        401,
        'invalid_client',
      )
    const robot = await addServiceUser(world, 'robot', { organization: acme })
    const assertion = robot.make({ aud: GLOBEX })
    await expectOAuthError(
      await postForm(there, '/oauth/v2/token', { grant_type: JWT_BEARER, assertion }),
      400,
      'invalid_grant',
    )
    const back = `/oidc/v1/end_session?${new URLSearchParams({ client_id: 'ledger', post_logout_redirect_uri: SIGNED_OUT_URI })}`
    expect(await there.browser().page(back)).toMatchObject({ kind: 'signed_out', signedOut: { application: null } })
  })

  test('no request names another organization there, and its own may be named', async () => {
    const { there, acme, globex } = await createTwoAddresses()
    for (const scope of [`urn:vestibule:org:id:${acme}`, 'urn:zitadel:iam:org:domain:primary:acme.test'])
      expect(
        clientAnswer(await there.browser().get(authorizePath('depot', { scope: `openid ${scope}` }))),
      ).toMatchObject({
        error: 'invalid_scope',
        iss: GLOBEX,
      })
    const own = authorizePath('depot', { scope: `openid urn:vestibule:org:id:${globex}` })
    expect((await there.browser().get(own)).headers.get('location')).toMatch(/^\/login\//)
  })
})

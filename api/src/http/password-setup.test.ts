import { expect, test } from 'vitest'
import { expectProblem, jsonOf } from '../testing/answers.ts'
import { redirectOf } from '../testing/browser.ts'
import { change } from '../testing/change.ts'
import { addTotp } from '../testing/factors.ts'
import { authorizePath } from '../testing/relying-party.ts'
import { BOB, createScene } from '../testing/scene.ts'
import { PASSWORD } from '../testing/world.ts'
import { prepareInstance } from '../use-cases/first-start.ts'
import { createSetupLink } from '../use-cases/password/set-up-password.ts'

const NEW = 'seven quiet lanterns'

async function createLink() {
  const scene = await createScene()
  const link = async () => {
    const url = await scene.deps.db.transaction((tx) => createSetupLink(scene.deps, tx, scene.userId))
    expect(url).toMatch(/^http:\/\/localhost:3000\/setup#vl_[\w-]{43}$/)
    return url.split('#')[1]!
  }
  const setUp = (token: string, newPassword = NEW) => scene.browser.post('/api/password-setup', { token, newPassword })
  const look = (token: string) => scene.browser.post('/api/password-setup/look', { token })
  const kindAfter = async (password: string) => {
    const browser = scene.world.browser()
    const answer = await browser.signIn(await browser.open(authorizePath('ledger')), 'bob', password)
    return answer.step?.kind ?? (answer as unknown as { code: string }).code
  }
  return { ...scene, link, setUp, look, kindAfter }
}

test('a link sets the password, once', async () => {
  const { link, setUp, kindAfter } = await createLink()
  const token = await link()
  expect(await jsonOf(await setUp(token))).toEqual({
    loginName: expect.stringMatching(/^bob/),
    signIn: expect.stringMatching(/^\/login\/req_/),
  })
  expect([await kindAfter(NEW), await kindAfter(PASSWORD)]).toEqual(['redirect', 'invalid_credentials'])
  await expectProblem(await setUp(token), 400, 'code_invalid')
})

test('it signs nobody in', async () => {
  const { link, setUp, browser, deps } = await createLink()
  await setUp(await link())
  expect(await deps.db.query.select().from(deps.db.tables.sessions)).toEqual([])
  await expectProblem(await browser.get('/api/me'), 401, 'unauthenticated')
})

test('the password is asked for next, of whom the link was for, and whatever else they hold', async () => {
  const scene = await createLink()
  const { link, setUp, browser } = scene
  const next = async (password = NEW) => {
    const { signIn } = await jsonOf<{ signIn: string }>(await setUp(await link(), password))
    return signIn.replace('/login/', '')
  }
  const request = await next()
  expect(await browser.step(request)).toMatchObject({ step: { kind: 'first_factor' }, account: { loginName: BOB } })
  expect((await browser.page(`/login/${request}`)).kind).toBe('login')
  await expectProblem(
    await browser.post(`/api/login/${request}/password`, { password: PASSWORD }),
    401,
    'invalid_credentials',
  )
  const done = redirectOf(await jsonOf(await browser.post(`/api/login/${request}/password`, { password: NEW })))
  expect(done.pathname).toBe('/account')
  await browser.post('/api/me/sign-out', {})
  browser.jar.clear()
  await addTotp(scene, scene.userId)
  const other = 'purple harbour at dawn'
  const again = await next(other)
  expect(await jsonOf(await browser.post(`/api/login/${again}/password`, { password: other }))).toMatchObject({
    step: { kind: 'second_factor' },
  })
})

test('somebody else who is signed in here stays so, and nobody becomes them', async () => {
  const { link, setUp, browser, world } = await createLink()
  await world.addUser('ann')
  await browser.signIn(await browser.open('/account'), 'ann@acme.test', PASSWORD)
  expect(await jsonOf(await setUp(await link()))).toMatchObject({ signIn: '/account' })
  expect(await jsonOf(await browser.get('/api/me'))).toMatchObject({ loginName: 'ann@acme.test' })
})

test('of two people with one name it is that of the link', async () => {
  const { link, setUp, browser, world } = await createLink()
  const other = await world.addOrganization('other.test')
  await world.addUser('bob', { organization: other, email: null, password: 'purple harbour at dawn' })
  const { signIn } = await jsonOf<{ signIn: string }>(await setUp(await link()))
  const answer = await browser.post(signIn.replace('/login', '/api/login').concat('/password'), { password: NEW })
  expect(redirectOf(await jsonOf(answer)).pathname).toBe('/account')
})

test('it lives an hour', async () => {
  const { link, setUp, clock } = await createLink()
  const token = await link()
  clock.advance(3600)
  await expectProblem(await setUp(token), 400, 'code_invalid')
})

test('a new link ends the one before', async () => {
  const { link, setUp } = await createLink()
  const [first, second] = [await link(), await link()]
  await expectProblem(await setUp(first), 400, 'code_invalid')
  expect((await setUp(second)).status).toBe(200)
})

test('two at once: one wins', async () => {
  const { link, setUp } = await createLink()
  const token = await link()
  const statuses = (await Promise.all([setUp(token), setUp(token), setUp(token)])).map(({ status }) => status)
  expect(statuses.toSorted()).toEqual([200, 400, 400])
})

test.each(['locked', 'deactivated'] as const)('a %s person can not use one, and it is not spent', async (state) => {
  const { link, setUp, world, userId } = await createLink()
  const token = await link()
  await change(world, 'users', userId, { state })
  await expectProblem(await setUp(token), 400, 'code_invalid')
  await change(world, 'users', userId, { state: 'active' })
  expect((await setUp(token)).status).toBe(200)
})

test.each([
  ['x', NEW, 'code_invalid', undefined],
  ['', NEW, 'invalid_input', { token: ['required'] }],
  [`vl_${'A'.repeat(43)}`, '', 'invalid_input', { newPassword: ['required'] }],
  [`vl_${'A'.repeat(43)}`, 'x'.repeat(1025), 'invalid_input', { newPassword: ['too_long'] }],
  [`vl_${'A'.repeat(43)}`, NEW, 'code_invalid', undefined],
])('%j with %j: %s', async (token, password, code, fields) => {
  const { setUp } = await createLink()
  const body = await jsonOf(await setUp(token, password))
  expect([body.code, body.fields]).toEqual([code, fields])
})

test('looking says whose it is and what the password must be, and does not spend it', async () => {
  const { link, look, setUp, world, acme } = await createLink()
  await world.setPolicy('password', { minLength: 15, requireDigit: true }, acme)
  const token = await link()
  for (let time = 0; time < 3; time++)
    expect(await jsonOf(await look(token))).toEqual({
      loginName: expect.stringMatching(/^bob/),
      rules: {
        minLength: 15,
        requireUpperCase: false,
        requireLowerCase: false,
        requireDigit: true,
        requireSymbol: false,
        contextWords: expect.arrayContaining(['bob', 'acme', 'vestibule']),
      },
    })
  expect((await setUp(token, 'seven quiet lanterns 7')).status).toBe(200)
  await expectProblem(await look(token), 400, 'code_invalid')
  await expectProblem(await look('x'), 400, 'code_invalid')
})

test.each([
  ['short', {}, ['too_short']],
  ['\u{1f511}'.repeat(129), {}, ['too_long']],
  ['password1234', {}, ['common']],
  ['password1234', { refuseCommon: false }, null],
  ['acme forever!', {}, ['context']],
  ['bob is my name', {}, ['context']],
  ['quiet lantern', { minLength: 15 }, ['too_short']],
  ['seven quiet lanterns', { requireUpperCase: true, requireSymbol: true }, ['needs_upper_case', 'needs_symbol']],
] as const)('%j under %j breaks %j, and the link is not spent', async (password, policy, broken) => {
  const { link, setUp, world, acme } = await createLink()
  await world.setPolicy('password', policy, acme)
  const token = await link()
  const answer = await jsonOf(await setUp(token, password))
  if (broken === null) return expect(answer).toHaveProperty('loginName')
  expect(answer).toMatchObject({ code: 'invalid_input', fields: { newPassword: broken } })
  expect((await setUp(token, 'Seven quiet lanterns!')).status).toBe(200)
})

test('the present password is not new, and the policy looks further back', async () => {
  const { link, setUp, world, acme } = await createLink()
  await world.setPolicy('password', { history: 3, refuseCommon: false }, acme)
  const set = async (password: string) => (await setUp(await link(), password)).json()
  const [first, second, third, fourth] = [1, 2, 3, 4].map((nth) => `quiet lanterns, number ${nth}`) as [
    string,
    string,
    string,
    string,
  ]
  const reused = { code: 'invalid_input', fields: { newPassword: ['reused'] } }
  for (const password of [first, second, third]) expect(await set(password)).toHaveProperty('loginName')
  for (const password of [first, second, third]) expect(await set(password)).toMatchObject(reused)
  expect(await set(fourth)).toHaveProperty('loginName')
  expect(await set(first)).toHaveProperty('loginName')
  await world.setPolicy('password', { history: 0 }, acme)
  expect(await set(first)).toMatchObject(reused)
  expect(await set(fourth)).toHaveProperty('loginName')
})

test('a password of any characters works, whole', async () => {
  const { link, setUp, kindAfter } = await createLink()
  const password = `\u{1f511} päss wörd \u0000 ${'x'.repeat(100)}`
  expect((await setUp(await link(), password)).status).toBe(200)
  expect([await kindAfter(password), await kindAfter(password.slice(0, -1))]).toEqual([
    'redirect',
    'invalid_credentials',
  ])
})

test('guessing is limited per address', async () => {
  const { setUp } = await createLink()
  for (let attempt = 0; attempt < 60; attempt++) expect((await setUp('x')).status).toBe(400)
  expect((await setUp('x')).status).toBe(429)
})

test('the first manager of an instance gets a link until the password is set', async () => {
  const { deps, setUp, browser } = await createLink()
  const [first, second] = [await prepareInstance(deps), await prepareInstance(deps)]
  expect(second).toMatchObject({ loginName: 'admin' })
  await expectProblem(await setUp(first!.link.split('#')[1]!), 400, 'code_invalid')
  expect(await jsonOf(await setUp(second!.link.split('#')[1]!))).toMatchObject({ loginName: 'admin' })
  expect(await prepareInstance(deps)).toBeNull()
  expect(await browser.signIn(await browser.open('/account'), 'admin', NEW)).toMatchObject({
    step: { kind: 'redirect' },
  })
})

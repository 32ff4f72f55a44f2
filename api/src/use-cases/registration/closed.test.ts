import { expect, test } from 'vitest'
import { expectProblem, jsonOf } from '../../testing/answers.ts'
import { codeFor, enterCode, FORM, mailsOf, openForm, openRegistration } from '../../testing/registration.ts'
import { authorizePath } from '../../testing/relying-party.ts'
import { BOB, createScene, type Scene } from '../../testing/scene.ts'
import { PASSWORD } from '../../testing/world.ts'

const ROUTES = [
  ['registration', {}],
  ['register', FORM],
  ['registration-change', {}],
  ['email-code', { code: '123456' }],
  ['email-code-resend', {}],
  ['first-passkey-options', {}],
  ['first-password', { newPassword: FORM.newPassword }],
] as const

async function expectClosed({ browser, world, deps }: Scene, request: string) {
  for (const [route, body] of ROUTES)
    await expectProblem(await browser.post(`/api/login/${request}/${route}`, body), 403, 'registration_closed')
  expect(await mailsOf(world)).toEqual([])
  expect(await deps.db.query.select().from(deps.db.tables.users)).toHaveLength(1)
}

test('N238 REG - where registration is off every route of it is refused', async () => {
  const scene = await createScene()
  await scene.world.setPolicy('registration', { isAllowed: false })
  await expectClosed(scene, await scene.browser.open(authorizePath('ledger')))
  await expectClosed(scene, await openForm(scene.browser))
})

test('also where the instance says so, or where nothing lets anybody in', async () => {
  const scene = await createScene()
  await scene.world.setPolicy('registration', { isAllowed: false }, 'instance')
  await expectClosed(scene, await openForm(scene.browser))
  await scene.world.setPolicy('registration', { isAllowed: true }, 'instance')
  await scene.world.setPolicy('login', { allowPassword: false, allowPasskey: false })
  await expectClosed(scene, await openForm(scene.browser))
})

test('also for somebody whom the application names: they have an account', async () => {
  const scene = await createScene()
  const { id_token } = await scene.tokens()
  await expectClosed(scene, await openForm(scene.browser, { id_token_hint: id_token ?? '' }))
})

test('switched off between the form and the code: nobody gets in, and the sign-in says so', async () => {
  const { browser, world, deps } = await createScene()
  const request = await openRegistration(browser)
  const code = await codeFor(world, request)
  await world.setPolicy('registration', { isAllowed: false })
  for (const [route, body] of ROUTES)
    await expectProblem(await browser.post(`/api/login/${request}/${route}`, body), 403, 'registration_closed')
  await expectProblem(await enterCode(browser, request, code), 403, 'registration_closed')
  expect(await deps.db.query.select().from(deps.db.tables.users)).toHaveLength(1)
  expect(await browser.step(request)).toMatchObject({ step: { kind: 'identify' }, reasons: ['registration_closed'] })
  expect((await browser.signIn(request, BOB, PASSWORD)).step.kind).toBe('redirect')
})

test('AZ18 prompt=create shows the form, whoever is signed in; where it is off, the sign-in with a notice', async () => {
  const { browser, world, signIn } = await createScene()
  await signIn()
  expect((await browser.step(await openForm(browser))).step).toMatchObject({ kind: 'register' })
  await world.setPolicy('registration', { isAllowed: false })
  const request = await openForm(browser)
  expect(await browser.step(request)).toMatchObject({
    step: { kind: 'select_account' },
    reasons: ['registration_closed'],
  })
})

test('whoever came to register may sign in instead', async () => {
  const { browser } = await createScene()
  const request = await openForm(browser)
  await browser.post(`/api/login/${request}/restart`, { fresh: true })
  expect((await browser.step(request)).step).toMatchObject({ kind: 'identify' })
  expect((await browser.signIn(request, BOB, PASSWORD)).step.kind).toBe('redirect')
})

test('the sign-in offers an account of one’s own only where there is one to be made', async () => {
  const { world, clock } = await createScene()
  const browser = world.browser()
  const step = async () => (await browser.step(await browser.open(authorizePath('ledger')))).step
  expect(await step()).toMatchObject({ kind: 'identify', canRegister: true })
  await world.setPolicy('registration', { isAllowed: false })
  clock.advance(6)
  expect(await step()).toMatchObject({ kind: 'identify', canRegister: false })
})

test('prompt=none with create is no request at all', async () => {
  const { authorize } = await createScene()
  const response = await authorize({ prompt: 'none create' })
  expect(new URL(response.headers.get('location')!).searchParams.get('error')).toBe('invalid_request')
})

test('N222 ORG - the organization that was asked for is joined, whatever the default one says meanwhile', async () => {
  const scene = await createScene()
  const { browser, world, deps } = scene
  const other = await world.addOrganization('other.test')
  const request = await openRegistration(browser)
  const code = await codeFor(world, request)
  // another organization is the default one now: the form was filled in for the one before
  await deps.db.transaction((tx) => deps.repositories.organizations.makeDefault(tx, other))
  await expectProblem(await enterCode(browser, request, code), 400, 'code_expired')
  expect(await jsonOf(await browser.post(`/api/login/${request}/registration-change`, {}))).toMatchObject({
    step: { kind: 'register', organization: 'other.test' },
  })
  expect(await deps.db.query.select().from(deps.db.tables.users)).toHaveLength(1)
})

test('N244 REG - the code of one address opens nothing for another', async () => {
  const { browser, world } = await createScene()
  const request = await openRegistration(browser, { email: 'mallory@evil.test' })
  const code = await codeFor(world, request)
  await browser.post(`/api/login/${request}/registration-change`, {})
  await browser.post(`/api/login/${request}/register`, { ...FORM, email: 'nia@acme.test' })
  if ((await codeFor(world, request)) !== code)
    await expectProblem(await enterCode(browser, request, code), 400, 'code_wrong')
})

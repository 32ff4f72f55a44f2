import { expect, test } from 'vitest'
import { clientAnswer, expectProblem, jsonOf } from '../../testing/answers.ts'
import {
  codeFor,
  enterCode,
  FORM,
  mailsOf,
  NEW_EMAIL,
  NEW_PASSWORD,
  openForm,
  openRegistration,
  otherThan,
  sendForm,
} from '../../testing/registration.ts'
import { authorizePath, redeem } from '../../testing/relying-party.ts'
import { createScene, type Scene } from '../../testing/scene.ts'

const AGREED = { version: '2026-01', terms: 'https://acme.test/terms', privacy: 'https://acme.test/privacy' }

/** Everybody of the organization but bob. */
async function newcomers({ deps, userId }: Scene) {
  const { users } = deps.db.tables
  return (await deps.db.query.select().from(users)).filter(({ id }) => id !== userId)
}
/** The whole way of a registration. */
async function register({ browser, world }: Scene, change: object = {}) {
  const request = await openRegistration(browser, change)
  return enterCode(browser, request, await codeFor(world, request))
}
const redirectOf = async (response: Response) =>
  (await jsonOf<{ step: { redirect: { to: string } } }>(response)).step.redirect.to

test('the code finishes the registration, and the application gets its tokens without another question', async () => {
  const scene = await createScene()
  const { browser, world, deps, acme, clock } = scene
  const request = await openRegistration(browser)
  expect(await newcomers(scene)).toEqual([])
  const before = browser.jar.get('vestibule')

  const url = new URL(await redirectOf(await enterCode(browser, request, await codeFor(world, request))))
  const tokens = await redeem(world, 'ledger', url.searchParams.get('code') ?? '')
  const [nia] = await newcomers(scene)
  expect((await browser.step(request)) as unknown).toMatchObject({ code: 'request_finished' })
  expect(tokens.status).toBe(200)
  expect(nia).toMatchObject({
    organizationId: acme,
    state: 'active',
    displayName: 'Nia Okoye',
    profile: { givenName: 'Nia', familyName: 'Okoye', locale: 'en' },
  })
  expect(await deps.repositories.users.listIdentifiers(nia!.id)).toMatchObject([
    { kind: 'email', value: NEW_EMAIL, verifiedAt: clock.now() },
  ])
  expect(browser.jar.get('vestibule'), 'another cookie than before').not.toBe(before)
  const events = (await world.events()).map(({ type, actor }) => [type, actor])
  expect(events).toContainEqual(['user.registered', nia!.id])
  // and the next application asks nothing at all
  expect(clientAnswer(await browser.get(authorizePath('ledger')))).toHaveProperty('code')
})

test('afterwards the address and the password sign in, in any spelling of the address', async () => {
  const scene = await createScene()
  const { world } = scene
  await register(scene, { email: ' Nia@Elsewhere.TEST ' })
  const other = world.browser()
  const answer = await other.signIn(await other.open(authorizePath('ledger')), 'NIA@elsewhere.test', NEW_PASSWORD)
  expect(answer.step.kind).toBe('redirect')
})

test('the mail names the code, the link and where it was asked for, in the language of the page', async () => {
  const { browser, world } = await createScene()
  await browser.post('/api/language', { language: 'de', entry: 'login' })
  const request = await openRegistration(browser)
  const code = await codeFor(world, request)
  expect(await mailsOf(world)).toMatchObject([
    {
      kind: 'verify_email',
      recipient: NEW_EMAIL,
      language: 'de',
      values: { code, link: `http://localhost:3000/verify#${request}.${code}`, minutes: 10 },
    },
  ])
})

test.each([
  ['with a space', (code: string) => ` ${code.slice(0, 3)} ${code.slice(3)} `],
  ['inside a line of the mail', (code: string) => `Your code: ${code}.`],
  ['in Arabic digits', (code: string) => code.replace(/\d/g, (digit) => String.fromCharCode(0x660 + Number(digit)))],
])('a code %s is the code', async (_name, write) => {
  const { browser, world } = await createScene()
  const request = await openRegistration(browser)
  expect((await enterCode(browser, request, write(await codeFor(world, request)))).status).toBe(200)
})

test('a wrong code says how many tries are left, and after five the right one does not count', async () => {
  const { browser, world } = await createScene()
  const request = await openRegistration(browser)
  const code = await codeFor(world, request)
  for (const triesLeft of [4, 3, 2, 1]) {
    const response = await enterCode(browser, request, otherThan(code))
    expect(await jsonOf(response)).toMatchObject({ code: 'code_wrong', triesLeft })
  }
  await expectProblem(await enterCode(browser, request, otherThan(code)), 400, 'code_expired')
  await expectProblem(await enterCode(browser, request, code), 400, 'code_expired')
})

test('a code ends after ten minutes', async () => {
  const { browser, world, clock } = await createScene()
  const request = await openRegistration(browser)
  const code = await codeFor(world, request)
  clock.advance(600)
  await expectProblem(await enterCode(browser, request, code), 400, 'code_expired')
})

test('a new code may be asked for after half a minute, and ends the one before', async () => {
  const { browser, world, clock } = await createScene()
  const request = await openRegistration(browser)
  const first = await codeFor(world, request)
  const resend = () => browser.post(`/api/login/${request}/email-code-resend`, {})
  expect((await browser.step(request)).step).toMatchObject({
    email: NEW_EMAIL,
    endsIn: 600,
    resendIn: 30,
    triesLeft: 5,
  })
  expect(await jsonOf(await resend())).toMatchObject({ code: 'too_many_attempts', retryAfter: 30 })
  clock.advance(30)
  expect(await jsonOf(await resend())).toMatchObject({ step: { kind: 'verify_email', endsIn: 600, resendIn: 30 } })
  const second = await codeFor(world, request)
  if (first !== second) await expectProblem(await enterCode(browser, request, first), 400, 'code_wrong')
  expect((await enterCode(browser, request, second)).status).toBe(200)
})

test('back at the form everything is there but the password, and the code that was sent is over', async () => {
  const { browser, world } = await createScene()
  const request = await openRegistration(browser)
  const code = await codeFor(world, request)
  const answer = await jsonOf(await browser.post(`/api/login/${request}/registration-change`, {}))
  expect(answer).toMatchObject({
    step: { kind: 'register', values: { givenName: 'Nia', familyName: 'Okoye', email: NEW_EMAIL } },
  })
  expect(JSON.stringify(answer)).not.toContain(NEW_PASSWORD)
  await expectProblem(await enterCode(browser, request, code), 409, 'wrong_step')
  // the same address again needs no half minute
  expect((await sendForm(browser, request)).status).toBe(200)
})

test('what was typed at the sign-in or named by the application fills the field it belongs to', async () => {
  const { browser, world } = await createScene()
  await world.setPolicy('registration', { fields: { ...HIDDEN, username: 'optional', phone: 'optional' } })
  const hinted = await openForm(browser, { login_hint: 'Nia@elsewhere.test' })
  expect((await browser.step(hinted)).step).toMatchObject({ values: { email: 'Nia@elsewhere.test' } })
  for (const [typed, values] of [
    ['nia', { username: 'nia' }],
    ['+49 30 901820', { phone: '+49 30 901820' }],
    [' nia@elsewhere.test ', { email: 'nia@elsewhere.test' }],
  ] as const) {
    const request = await browser.open(authorizePath('ledger'))
    await browser.post(`/api/login/${request}/registration`, { identifier: typed })
    expect((await browser.step(request)).step).toMatchObject({ kind: 'register', values })
  }
  const request = await browser.open(authorizePath('ledger'))
  await browser.post(`/api/login/${request}/identifier`, { identifier: 'nia@elsewhere.test' })
  await browser.post(`/api/login/${request}/registration`, {})
  expect((await browser.step(request)).step).toMatchObject({ values: { email: 'nia@elsewhere.test' } })
})

const HIDDEN = {
  username: 'hidden',
  phone: 'hidden',
  nickname: 'hidden',
  birthdate: 'hidden',
  gender: 'hidden',
  website: 'hidden',
} as const

test('the policy says which fields there are, and what is hidden is not taken', async () => {
  const scene = await createScene()
  const { browser, world, deps } = scene
  await world.setPolicy('registration', {
    fields: { ...HIDDEN, username: 'required', phone: 'optional', birthdate: 'optional' },
  })
  const request = await openForm(browser)
  expect((await browser.step(request)).step).toMatchObject({
    fields: [
      { name: 'username', isRequired: true },
      { name: 'phone', isRequired: false },
      { name: 'birthdate', isRequired: false },
    ],
  })
  expect(await jsonOf(await sendForm(browser, request))).toMatchObject({ fields: { username: ['required'] } })
  const more = { username: 'Nia.O', phone: '+49 30 901820', birthdate: '1990-02-28', nickname: 'hidden', website: 'no' }
  await sendForm(browser, request, more)
  await enterCode(browser, request, await codeFor(world, request))
  const [nia] = await newcomers(scene)
  expect(nia!.profile).toEqual({ givenName: 'Nia', familyName: 'Okoye', birthdate: '1990-02-28', locale: 'en' })
  const names = await deps.repositories.users.listIdentifiers(nia!.id)
  expect(names.map(({ kind, value, verifiedAt }) => [kind, value, verifiedAt !== null]).toSorted()).toEqual([
    ['email', NEW_EMAIL, true],
    ['phone', '+4930901820', false],
    ['username', 'nia.o', false],
  ])
})

test('everything that is wrong is said at once, beside its field', async () => {
  const { browser, world } = await createScene()
  await world.setPolicy('links', AGREED)
  const request = await openForm(browser)
  const answer = await sendForm(browser, request, { givenName: ' ', email: 'nia@', newPassword: 'short' })
  expect(await jsonOf(answer)).toMatchObject({
    code: 'invalid_input',
    fields: { givenName: ['required'], email: ['invalid'], newPassword: ['too_short'], accepted: ['required'] },
  })
  expect(await mailsOf(world)).toEqual([])
})

test('N239 REG - the terms are accepted as they stand, and what was accepted is kept', async () => {
  const scene = await createScene()
  const { browser, world, deps, clock } = scene
  await world.setPolicy('links', AGREED)
  const request = await openForm(browser)
  expect((await browser.step(request)).step).toMatchObject({ organization: 'acme.test', terms: AGREED })
  for (const accepted of [undefined, null, false, true, 'yes', '2025-01', ''])
    expect([accepted, (await sendForm(browser, request, { accepted })).status]).toEqual([accepted, 400])
  await sendForm(browser, request, { accepted: '2026-01' })
  clock.advance(60)
  await enterCode(browser, request, await codeFor(world, request))
  const [nia] = await newcomers(scene)
  const shared = { version: '2026-01', language: 'en', acceptedAt: clock.now() }
  const kept = await deps.repositories.acceptances.listOfUser(nia!.id)
  expect(kept.toSorted((a, b) => (a.document < b.document ? -1 : 1))).toMatchObject([
    { document: 'privacy', link: AGREED.privacy, ...shared },
    { document: 'terms', link: AGREED.terms, ...shared },
  ])
})

test('only addresses of the domains that the policy names', async () => {
  const { browser, world } = await createScene()
  await world.setPolicy('registration', { emailDomains: ['Acme.test'] })
  const request = await openForm(browser)
  for (const email of ['nia@elsewhere.test', 'nia@acme.test.evil.test', 'nia@evil-acme.test', 'nia@аcme.test'])
    expect((await sendForm(browser, request, { email })).status).toBe(400)
  expect((await sendForm(browser, request, { email: 'nia@ACME.test' })).status).toBe(200)
})

test('the default organization is joined, or the one that was asked for', async () => {
  const scene = await createScene()
  const { browser, world, acme } = scene
  const other = await world.addOrganization('other.test')
  await register(scene)
  const scope = 'openid urn:vestibule:org:domain:primary:other.test'
  const request = await openRegistration(browser, {}, { scope })
  await enterCode(browser, request, await codeFor(world, request))
  // one address in two organizations: two accounts
  expect((await newcomers(scene)).map(({ organizationId }) => organizationId).toSorted()).toEqual(
    [acme, other].toSorted(),
  )
})

test('a session of somebody else in this browser stays theirs', async () => {
  const scene = await createScene()
  const { signIn, deps } = scene
  await signIn()
  await register(scene)
  const sessions = await deps.db.query.select().from(deps.db.tables.sessions)
  expect(new Map(sessions.map(({ loginName, endedAt }) => [loginName, endedAt]))).toEqual(
    new Map([
      ['bob@acme.test', null],
      [NEW_EMAIL, null],
    ]),
  )
})

test('a form without one of its members, with more than it has, or with other kinds of values is refused', async () => {
  const { browser } = await createScene()
  const request = await openForm(browser)
  const bodies = [
    { isEmailVerified: true },
    { organizationId: 'org_0' },
    { email: ['a@b.test'] },
    { email: { $ne: 1 } },
    { newPassword: 1 },
  ]
  for (const body of bodies) expect((await sendForm(browser, request, { ...FORM, ...body })).status).toBe(400)
})

test('on the way to the own account pages an account is made too, and its pages open', async () => {
  const { browser, world } = await createScene()
  const request = await browser.open('/account')
  await browser.post(`/api/login/${request}/registration`, {})
  await sendForm(browser, request)
  const answer = await enterCode(browser, request, await codeFor(world, request))
  expect(await redirectOf(answer)).toBe('/account')
  expect(await jsonOf(await browser.get('/api/me'))).toMatchObject({ displayName: 'Nia Okoye', email: NEW_EMAIL })
})

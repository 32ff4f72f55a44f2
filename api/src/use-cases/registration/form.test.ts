import { expect, test } from 'vitest'
import { expectProblem, jsonOf } from '../../testing/answers.ts'
import {
  codeFor,
  enterCode,
  FORM,
  mailsOf,
  NEW_EMAIL,
  NEW_PASSWORD,
  openForm,
  openRegistration,
  sendForm,
} from '../../testing/registration.ts'
import { authorizePath } from '../../testing/relying-party.ts'
import { createScene, type Scene } from '../../testing/scene.ts'

const AGREED = { version: '2026-01', terms: 'https://acme.test/terms', privacy: 'https://acme.test/privacy' }

/** Everybody of the organization but bob. */
async function newcomers({ deps, userId }: Scene) {
  const { users } = deps.db.tables
  return (await deps.db.query.select().from(users)).filter(({ id }) => id !== userId)
}

const HIDDEN = {
  username: 'hidden',
  phone: 'hidden',
  nickname: 'hidden',
  birthdate: 'hidden',
  gender: 'hidden',
  website: 'hidden',
} as const

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

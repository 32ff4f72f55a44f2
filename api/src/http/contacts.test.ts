import type { OwnContacts } from '@vestibule/shared/contract/contacts.ts'
import { expect, test } from 'vitest'
import { MOST_ATTEMPTS } from '../domain/one-time-code.ts'
import { expectProblem, jsonOf } from '../testing/answers.ts'
import { lastCode } from '../testing/contacts.ts'
import { mailsOf, otherThan } from '../testing/registration.ts'
import { obtainTokens } from '../testing/relying-party.ts'
import { BOB, createScene, type Scene } from '../testing/scene.ts'
import { PASSWORD, type UserOptions } from '../testing/world.ts'

const NEW = 'bob@elsewhere.test'
const PHONE = '+4930901820'

/** Bob at home, freshly proven. */
async function createAtHome(user: UserOptions = {}) {
  const scene = await createScene({ user })
  const { browser, deps, userId } = scene
  await browser.signIn(await browser.open('/account'), 'bob', PASSWORD)
  const contacts = async () => jsonOf<OwnContacts>(await browser.get('/api/me/contacts'))
  const identifiers = async () =>
    (await deps.repositories.users.listIdentifiers(userId)).map(({ kind, value, verifiedAt }) => [
      kind,
      value,
      verifiedAt !== null,
    ])
  const kinds = async () => (await mailsOf(scene)).map(({ kind, recipient }) => [kind, recipient])
  return { ...scene, contacts, identifiers, kinds, ...actions(scene) }
}

const actions = ({ browser, deps }: Scene) => ({
  change: (value: string) => browser.post('/api/me/email', { value }),
  enter: async (code?: string) => browser.post('/api/me/email/code', { code: code ?? (await lastCode({ deps })) }),
  resend: () => browser.post('/api/me/email/resend', {}),
  changePhone: (value: string) => browser.post('/api/me/phone', { value }),
  enterPhone: async (code?: string) => browser.post('/api/me/phone/code', { code: code ?? (await lastCode({ deps })) }),
})

test('N245 the code goes to the new address, the notice to the old, which stays until then', async () => {
  const { contacts, identifiers, kinds, change, enter, events, userId } = await createAtHome()
  expect(await jsonOf(await change('  Bob@Elsewhere.TEST '))).toMatchObject({
    email: { value: BOB, isVerified: true, pending: { value: NEW, endsIn: 600, resendIn: 30 } },
  })
  expect(await kinds()).toEqual([['email_change_code', NEW]])
  expect(await identifiers()).toContainEqual(['email', BOB, true])

  expect(await jsonOf(await enter())).toMatchObject({ email: { value: NEW, isVerified: true, pending: null } })
  expect((await identifiers()).toSorted()).toEqual([
    ['email', NEW, true],
    ['username', 'bob', false],
  ])
  expect(await kinds()).toEqual([
    ['email_change_code', NEW],
    ['email_changed', BOB],
  ])
  expect((await events()).filter(({ type }) => type === 'user.email_changed')).toMatchObject([
    { actor: userId, target: userId, data: {} },
  ])
  expect(await contacts()).toMatchObject({ email: { value: NEW } })
})

test('the notice hides most of the new address, and leads to what helps', async () => {
  const { change, enter, world } = await createAtHome()
  await change(NEW)
  await enter()
  const notice = (await mailsOf(world)).at(-1)!
  expect(notice.values).toMatchObject({ newAddressMasked: 'b••@elsewhere.test' })
  expect(notice.values.notMeLink).toMatch(/\/not-me#vl_/)
})

test('N179 an application learns of it at once: the address and whether it is confirmed', async () => {
  const { world, userinfo, change, enter, deps, userId } = await createAtHome({ emailVerified: false })
  const tokens = await obtainTokens(world, world.browser(), 'ledger', BOB, { scope: 'openid email profile' })
  const claims = async () => jsonOf<Record<string, unknown>>(await userinfo(tokens))
  expect(await claims()).toMatchObject({ email: BOB, email_verified: false })
  const before = (await claims()).updated_at as number

  // its own address is confirmed the same way
  await change(BOB)
  await enter()
  expect(await claims()).toMatchObject({ email: BOB, email_verified: true })
  world.clock.advance(60)
  await change(NEW)
  await enter()
  expect(await claims()).toMatchObject({ email: NEW, email_verified: true, updated_at: before + 60 })

  // an operator who replaces it unconfirmed turns it false
  await deps.db.transaction((tx) =>
    deps.repositories.users.replaceIdentifier(tx, userId, world.acme, { kind: 'email', value: BOB, verifiedAt: null }),
  )
  expect(await claims()).toMatchObject({ email: BOB, email_verified: false })
})

test('to confirm one’s own address tells nobody', async () => {
  const { change, enter, kinds } = await createAtHome({ emailVerified: false })
  await change(BOB)
  await enter()
  expect(await kinds()).toEqual([['email_change_code', BOB]])
})

test('the notice speaks the language of the page, for somebody who has chosen none', async () => {
  const { browser, deps, change, world } = await createAtHome()
  await deps.db.query.update(deps.db.tables.users).set({ profile: {} })
  await change(NEW)
  const code = await lastCode(world)
  await browser.post('/api/me/email/code', { code }, { 'accept-language': 'ja' })
  expect((await mailsOf(world)).at(-1)).toMatchObject({ kind: 'email_changed', language: 'ja' })
})

test('one signs in with the new address, and not with the old one', async () => {
  const { change, enter, world } = await createAtHome()
  await change(NEW)
  await enter()
  const [there, other] = [world.browser(), world.browser()]
  expect((await there.signIn(await there.open('/account'), NEW, PASSWORD)).step.kind).toBe('redirect')
  expect(await other.signIn(await other.open('/account'), BOB, PASSWORD)).toMatchObject({ code: 'invalid_credentials' })
})

test('the picker shows the new address', async () => {
  const scene = await createScene()
  const { browser } = scene
  await browser.signIn(await browser.open('/account'), BOB, PASSWORD)
  const { change, enter } = actions(scene)
  await change(NEW)
  await enter()
  const { accounts } = await jsonOf<{ accounts: { loginName: string }[] }>(await browser.get('/api/me/accounts'))
  expect(accounts.map(({ loginName }) => loginName)).toEqual([NEW])
})

test('a wrong code keeps everything, and says how often it may still be tried; then the right one does not count', async () => {
  const { change, enter, identifiers, world } = await createAtHome()
  await change(NEW)
  const code = await lastCode(world)
  for (let left = MOST_ATTEMPTS - 1; left > 0; left--) {
    const answer = await enter(otherThan(code))
    expect([answer.status, await jsonOf(answer)]).toMatchObject([400, { code: 'code_wrong', triesLeft: left }])
  }
  await expectProblem(await enter(otherThan(code)), 400, 'code_expired')
  await expectProblem(await enter(code), 400, 'code_expired')
  expect(await identifiers()).toContainEqual(['email', BOB, true])
})

test('after ten minutes it does not count, a new one does, and the old one is dead', async () => {
  const { change, enter, resend, clock, world } = await createAtHome()
  await change(NEW)
  const first = await lastCode(world)
  await expectProblem(await resend(), 429, 'too_many_attempts')
  clock.advance(600)
  await expectProblem(await enter(first), 400, 'code_expired')
  expect(await jsonOf(await resend())).toMatchObject({ email: { pending: { value: NEW, endsIn: 600, resendIn: 30 } } })
  const second = await lastCode(world)
  if (first !== second) await expectProblem(await enter(first), 400, 'code_wrong')
  expect(await jsonOf(await enter(second))).toMatchObject({ email: { value: NEW } })
})

test('a code is used once, and only by the session it was sent for', async () => {
  const { change, enter, world } = await createAtHome()
  await change(NEW)
  const code = await lastCode(world)
  const other = world.browser()
  await other.signIn(await other.open('/account'), BOB, PASSWORD)
  await expectProblem(await other.post('/api/me/email/code', { code }), 400, 'code_expired')
  await expectProblem(await other.post('/api/me/phone/code', { code }), 400, 'code_expired')
  await enter(code)
  await expectProblem(await enter(code), 400, 'code_expired')
})

test('whoever thinks better of it is left as they were', async () => {
  const { change, enter, browser, identifiers } = await createAtHome()
  await change(NEW)
  expect(await jsonOf(await browser.post('/api/me/email/cancel', {}))).toMatchObject({
    email: { value: BOB, pending: null },
  })
  await expectProblem(await enter(), 400, 'code_expired')
  await expectProblem(await browser.post('/api/me/email/resend', {}), 400, 'code_expired')
  expect(await identifiers()).toContainEqual(['email', BOB, true])
})

test('an address that somebody else has is answered alike, its owner is told, and no code fits', async () => {
  const { world, change, enter, kinds, identifiers, deps } = await createAtHome()
  await world.addUser('ann')
  const free = await jsonOf<OwnContacts>(await change(NEW))
  const taken = await jsonOf<OwnContacts>(await change('ann@acme.test'))
  expect({ ...taken, email: { ...taken.email, pending: { ...taken.email.pending, value: NEW } } }).toEqual(free)
  expect(await kinds()).toEqual([
    ['email_change_code', NEW],
    ['address_taken', 'ann@acme.test'],
  ])
  const rows = await deps.db.query.select().from(deps.db.tables.oneTimeCodes)
  const { flow, codeHash } = rows.find(({ address }) => address === 'ann@acme.test')!
  const code = Array.from({ length: 1_000_000 }, (_, nth) => String(nth).padStart(6, '0')).find(
    (guess) => deps.box.nameOf('one-time code/change_email', `${flow} ${guess}`) === codeHash,
  )
  await expectProblem(await enter(code), 400, 'code_wrong')
  expect(await identifiers()).toContainEqual(['email', BOB, true])
})

test('an address that somebody else took before the code came is not taken from them', async () => {
  const { world, change, enter, identifiers } = await createAtHome()
  await change(NEW)
  const code = await lastCode(world)
  await world.addUser('ann', { email: NEW })
  await expectProblem(await enter(code), 400, 'code_wrong')
  expect(await identifiers()).toContainEqual(['email', BOB, true])
})

test('I5 what was on its way for the old address is dead after the change', async () => {
  const { world, change, enter, deps, userId } = await createAtHome()
  const there = world.browser()
  const request = await there.open('/account')
  await there.post(`/api/login/${request}/identifier`, { identifier: BOB })
  await there.post(`/api/login/${request}/reset`, {})
  const outstanding = async () =>
    (await deps.db.query.select().from(deps.db.tables.oneTimeCodes)).filter(
      (row) => row.userId === userId && row.consumedAt === null,
    )
  expect(await outstanding()).toHaveLength(1)
  await change(NEW)
  await enter()
  expect(await outstanding()).toEqual([])
})

test.each([
  '',
  'bob',
  'bob@',
  'bob@localhost',
  'a b@acme.test',
  'bob@acme.test\nbcc: x@y.test',
  `${'x'.repeat(250)}@a.test`,
])('%j is no address, and nothing is sent', async (value) => {
  const { change, kinds, contacts } = await createAtHome()
  await expectProblem(await change(value), 400, 'invalid_input')
  expect(await kinds()).toEqual([])
  expect((await contacts()).email.pending).toBeNull()
})

test('where an organization admits some domains only, a change leads to no other', async () => {
  const { world, deps, change } = await createAtHome()
  await deps.db.transaction((tx) =>
    deps.repositories.policies.set(tx, {
      owner: world.acme,
      kind: 'registration',
      value: { emailDomains: ['ACME.test'] },
      updatedAt: 0,
    }),
  )
  const answer = await change(NEW)
  expect(await jsonOf(answer)).toMatchObject({ code: 'invalid_input', fields: { value: ['not_allowed'] } })
  expect((await change('robert@acme.test')).status).toBe(200)
})

test('a number is confirmed by a text message, told to applications, replaced, and taken away', async () => {
  const { world, changePhone, enterPhone, browser, userinfo, kinds, identifiers } = await createAtHome()
  expect(await jsonOf(await changePhone('+49 (30) 901-820'))).toMatchObject({
    phone: { value: null, pending: { value: PHONE } },
  })
  expect(await jsonOf(await enterPhone())).toMatchObject({
    phone: { value: PHONE, isVerified: true, isRemovable: true },
  })
  const tokens = await obtainTokens(world, world.browser(), 'ledger', BOB, { scope: 'openid phone' })
  expect(await jsonOf(await userinfo(tokens))).toMatchObject({ phone_number: PHONE, phone_number_verified: true })

  expect(await jsonOf(await browser.post('/api/me/phone/remove', {}))).toMatchObject({ phone: { value: null } })
  expect(await identifiers()).not.toContainEqual(expect.arrayContaining(['phone']))
  const told = (await mailsOf(world)).filter(({ kind }) => kind === 'phone_changed')
  expect(told.map(({ recipient, values }) => [recipient, values.newPhoneMasked])).toEqual([
    [BOB, '+49 ••• ••20'],
    [BOB, null],
  ])
  expect((await kinds())[0]).toEqual(['verify_phone', PHONE])
})

test.each(['030 901820', '+49', '+1 555 0100', 'call me', '+49 30 901820 ext. 5'])('%s is no number', async (value) => {
  const { changePhone, kinds } = await createAtHome()
  await expectProblem(await changePhone(value), 400, 'invalid_input')
  expect(await kinds()).toEqual([])
})

test('a number that somebody else has is answered alike, and nobody gets a message', async () => {
  const { world, changePhone, enterPhone, kinds } = await createAtHome()
  await world.addUser('ann', { phone: PHONE })
  expect(await jsonOf(await changePhone(PHONE))).toMatchObject({ phone: { value: null, pending: { value: PHONE } } })
  expect(await kinds()).toEqual([])
  await expectProblem(await enterPhone('123456'), 400, 'code_wrong')
})

test('the last way back can not be removed; with a confirmed number the address can', async () => {
  const { browser, contacts, changePhone, enterPhone, kinds } = await createAtHome()
  expect((await contacts()).email.isRemovable).toBe(false)
  await expectProblem(await browser.post('/api/me/email/remove', {}), 409, 'last_way')
  await changePhone(PHONE)
  await enterPhone()
  expect((await contacts()).email.isRemovable).toBe(true)
  expect(await jsonOf(await browser.post('/api/me/email/remove', {}))).toMatchObject({
    email: { value: null, isVerified: false },
    phone: { isRemovable: true },
  })
  expect((await kinds()).at(-1)).toEqual(['email_changed', BOB])
})

test('another user name opens the account; the old one is free', async () => {
  const { browser, world, contacts, events } = await createAtHome()
  expect(await jsonOf(await browser.post('/api/me/username', { username: 'Bobby' }))).toMatchObject({
    username: { value: 'bobby' },
  })
  const there = world.browser()
  expect((await there.signIn(await there.open('/account'), 'bobby', PASSWORD)).step.kind).toBe('redirect')
  expect((await events()).filter(({ type }) => type === 'user.username_changed')).toHaveLength(1)
  await world.addUser('ann')
  const taken = await browser.post('/api/me/username', { username: 'ann' })
  expect(await jsonOf(taken)).toMatchObject({ code: 'invalid_input', fields: { username: ['taken'] } })
  expect(await contacts()).toMatchObject({ username: { value: 'bobby' } })
  for (const username of ['a b', 'bob@acme.test', '+4930901820', 'аdmin', 'x'.repeat(65)])
    await expectProblem(await browser.post('/api/me/username', { username }), 400, 'invalid_input')
})

test('names can be guessed so often an hour, and not where people may not choose', async () => {
  const { browser, world } = await createAtHome()
  await world.addUser('ann')
  for (let nth = 0; nth < 20; nth++) await browser.post('/api/me/username', { username: 'ann' })
  await expectProblem(await browser.post('/api/me/username', { username: 'ann' }), 429, 'too_many_attempts')
  await world.setPolicy('login', { allowUsernameChange: false })
  await expectProblem(await browser.post('/api/me/username', { username: 'bobby' }), 403, 'forbidden')
})

test('new addresses can be asked for so often an hour, whichever they are', async () => {
  const { change } = await createAtHome()
  for (let nth = 0; nth < 20; nth++) expect((await change(`bob${nth}@elsewhere.test`)).status).toBe(200)
  await expectProblem(await change(NEW), 429, 'too_many_attempts')
})

import type { OwnContacts } from '@vestibule/shared/contract/contacts.ts'
import { expect, test } from 'vitest'
import { expectProblem, jsonOf } from '../testing/answers.ts'
import { actions, createAtHome, lastCode, NEW } from '../testing/contacts.ts'
import { mailsOf } from '../testing/registration.ts'
import { obtainTokens } from '../testing/relying-party.ts'
import { BOB, createScene } from '../testing/scene.ts'
import { PASSWORD } from '../testing/world.ts'

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

test('an address that somebody else has is answered alike, its owner is told, and no code fits', async () => {
  const { world, change, enter, kinds, identifiers, deps } = await createAtHome()
  await world.addUser('ann')
  const free = await jsonOf<OwnContacts>(await change(NEW))
  const taken = await jsonOf<OwnContacts>(await change('ann@acme.test'))
  expect({ ...taken, email: { ...taken.email, pending: { ...taken.email.pending, value: NEW } } }).toEqual(free)
  // at one moment, so that neither is before the other
  expect((await kinds()).toSorted()).toEqual([
    ['address_taken', 'ann@acme.test'],
    ['email_change_code', NEW],
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

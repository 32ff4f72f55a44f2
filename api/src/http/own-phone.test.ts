import { expect, test } from 'vitest'
import { expectProblem, jsonOf } from '../testing/answers.ts'
import { createAtHome } from '../testing/contacts.ts'
import { mailsOf } from '../testing/registration.ts'
import { obtainTokens } from '../testing/relying-party.ts'
import { BOB } from '../testing/scene.ts'

const PHONE = '+4930901820'

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

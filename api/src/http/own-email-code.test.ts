import { expect, test } from 'vitest'
import { MOST_ATTEMPTS } from '../domain/one-time-code.ts'
import { expectProblem, jsonOf } from '../testing/answers.ts'
import { createAtHome, lastCode, NEW } from '../testing/contacts.ts'
import { otherThan } from '../testing/registration.ts'
import { BOB } from '../testing/scene.ts'
import { PASSWORD } from '../testing/world.ts'

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

test('new addresses can be asked for so often an hour, whichever they are', async () => {
  const { change } = await createAtHome()
  for (let nth = 0; nth < 20; nth++) expect((await change(`bob${nth}@elsewhere.test`)).status).toBe(200)
  await expectProblem(await change(NEW), 429, 'too_many_attempts')
})

import { expect, test } from 'vitest'
import { expectProblem } from '../../testing/answers.ts'
import { codeFor, enterCode, mailsOf, openForm, openRegistration, sendForm } from '../../testing/registration.ts'
import { createScene } from '../../testing/scene.ts'

test('N243 REG - one client sends so many forms an hour, and the rows stay few', async () => {
  const { browser, world, deps, clock } = await createScene()
  const request = await openForm(browser)
  for (let at = 0; at < 50; at++) {
    expect((await sendForm(browser, request, { email: `nia${at}@new.test` })).status).toBe(200)
    await browser.post(`/api/login/${request}/registration-change`, {})
  }
  await expectProblem(await sendForm(browser, request), 429, 'too_many_attempts')
  expect(await deps.db.query.select().from(deps.db.tables.oneTimeCodes)).toHaveLength(0)
  expect((await sendForm(browser, request, { email: 'no address' })).status).toBe(400)
  // somebody else is not shut out
  await openRegistration(world.browser('203.0.113.99'))
  clock.advance(3_600)
  expect((await sendForm(browser, await openForm(browser))).status).toBe(200)
})

test('N243 REG - addresses of one domain are sent so much mail an hour, whoever asks', async () => {
  const { world } = await createScene({ env: { RATE_LIMIT_FACTOR: '0.1' } })
  const send = async (at: number, domain = 'victim.test') => {
    const browser = world.browser(`198.51.100.${at % 250}`)
    return sendForm(browser, await openForm(browser), { email: `nia${at}@${domain}` })
  }
  for (let at = 0; at < 50; at++) expect((await send(at)).status).toBe(200)
  await expectProblem(await send(50), 429, 'too_many_attempts')
  expect((await send(51, 'other.test')).status).toBe(200)
})

test('N243 REG - a code is asked for again so often: one address gets a few mails, and nobody can tell', async () => {
  const { browser, world, clock } = await createScene()
  const request = await openRegistration(browser)
  for (let at = 0; at < 100; at++) {
    clock.advance(30)
    const response = await browser.post(`/api/login/${request}/email-code-resend`, {})
    expect(response.status).toBe(200)
  }
  expect(await mailsOf(world)).toHaveLength(5)
})

test('codes are tried so often by one client, whatever they are for', async () => {
  const { browser, world } = await createScene()
  const request = await openRegistration(browser)
  const code = await codeFor(world, request)
  for (let tries = 0; tries < 100; tries++) await enterCode(browser, request, 'no code')
  await expectProblem(await enterCode(browser, request, code), 429, 'too_many_attempts')
})

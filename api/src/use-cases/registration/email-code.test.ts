import { expect, test } from 'vitest'
import { expectProblem, jsonOf } from '../../testing/answers.ts'
import { codeFor, enterCode, mailsOf, NEW_EMAIL, openRegistration, otherThan } from '../../testing/registration.ts'
import { createScene } from '../../testing/scene.ts'

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

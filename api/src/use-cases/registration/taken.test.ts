import { defaultPolicy } from '@vestibule/shared/policies.ts'
import { expect, test } from 'vitest'
import { expectProblem, jsonOf } from '../../testing/answers.ts'
import { codeFor, enterCode, mailsOf, openForm, openRegistration, sendForm } from '../../testing/registration.ts'
import { BOB, createScene, type Scene } from '../../testing/scene.ts'

const FIELDS = defaultPolicy('registration').fields
const USERNAME = { fields: { ...FIELDS, username: 'required' as const } }

/** What an answer says besides whom it is about. */
async function shapeOf(response: Response, email: string) {
  const headers = [...response.headers].filter(([name]) => !['x-request-id', 'set-cookie'].includes(name))
  const body = (await response.text()).replaceAll(email, 'EMAIL').replace(/req_\w+|"requestId":"[^"]+"/g, '')
  return { status: response.status, headers, body }
}

/** The answers from the form to a new code, with every code wrong. */
async function course({ world, clock }: Scene, email: string) {
  const browser = world.browser()
  const request = await openForm(browser)
  const seen = [await shapeOf(await sendForm(browser, request, { email }), email)]
  const post = async (action: string, body: object) =>
    seen.push(await shapeOf(await browser.post(`/api/login/${request}/${action}`, body), email))
  for (let tries = 0; tries < 6; tries++) await post('email-code', { code: 'no code' })
  await post('email-code-resend', {})
  clock.advance(30)
  await post('email-code-resend', {})
  await post('registration-change', {})
  await post('register', {})
  return seen
}

test('N016 ENUM - an address that has an account gets the same answers, and a mail that says so', async () => {
  const scene = await createScene()
  expect(await course(scene, BOB)).toEqual(await course(scene, 'free@acme.test'))
  const mails = await mailsOf(scene)
  expect(mails.map(({ kind, recipient }) => `${kind} ${recipient}`)).toEqual([
    'address_taken bob@acme.test',
    'address_taken bob@acme.test',
    'verify_email free@acme.test',
    'verify_email free@acme.test',
  ])
  expect(mails[0]!.values).toMatchObject({ link: 'http://localhost:3000/account' })
})

test('it is written in the language of whoever has the account', async () => {
  const scene = await createScene()
  await scene.browser.post('/api/language', { language: 'ja', entry: 'login' })
  await openRegistration(scene.browser, { email: BOB })
  expect(await mailsOf(scene)).toMatchObject([{ kind: 'address_taken', language: 'en' }])
})

test('no code fits a taken address: not even the one that is in the database', async () => {
  const { browser, deps } = await createScene()
  const request = await openRegistration(browser, { email: BOB })
  const codeHash = deps.box.nameOf('one-time code/verify_email', `${request} 123456`)
  await deps.db.query.update(deps.db.tables.oneTimeCodes).set({ codeHash })
  await expectProblem(await enterCode(browser, request, '123456'), 400, 'code_wrong')
  expect(await deps.db.query.select().from(deps.db.tables.users)).toHaveLength(1)
})

test('an address that somebody took meanwhile makes no second account, and the answer says nothing', async () => {
  const scene = await createScene()
  const { world, deps } = scene
  const [one, other] = [world.browser(), world.browser()]
  const [first, second] = [await openRegistration(one), await openRegistration(other)]
  const codes = [await codeFor(world, first), await codeFor(world, second)]
  expect((await enterCode(one, first, codes[0]!)).status).toBe(200)
  await expectProblem(await enterCode(other, second, codes[1]!), 400, 'code_expired')
  expect(await deps.db.query.select().from(deps.db.tables.users)).toHaveLength(2)
})

test('a taken user name is said beside its field, once everything else is right', async () => {
  const { browser, world } = await createScene()
  await world.setPolicy('registration', USERNAME)
  const request = await openForm(browser)
  const wrong = await jsonOf(await sendForm(browser, request, { username: 'BOB', email: 'no' }))
  expect(wrong).toMatchObject({ fields: { email: ['invalid'] } })
  expect(wrong.fields).not.toHaveProperty('username')
  expect(await jsonOf(await sendForm(browser, request, { username: 'BOB' }))).toMatchObject({
    code: 'invalid_input',
    fields: { username: ['taken'] },
  })
  expect(await mailsOf(world)).toEqual([])
})

test('how many names one client hears to be taken is limited', async () => {
  const { browser, world } = await createScene()
  await world.setPolicy('registration', USERNAME)
  const request = await openForm(browser)
  for (let at = 0; at < 20; at++)
    await expectProblem(await sendForm(browser, request, { username: 'bob' }), 400, 'invalid_input')
  await expectProblem(await sendForm(browser, request, { username: 'bob' }), 429, 'too_many_attempts')
  // a free one is still taken
  expect((await sendForm(browser, request, { username: 'nia' })).status).toBe(200)
})

test('a user name that somebody took meanwhile is chosen again, with everything else kept', async () => {
  const scene = await createScene()
  const { world, deps } = scene
  await world.setPolicy('registration', USERNAME)
  const [one, other] = [world.browser(), world.browser()]
  const first = await openRegistration(one, { username: 'nia', email: 'one@new.test' })
  const second = await openRegistration(other, { username: 'nia', email: 'two@new.test' })
  await enterCode(one, first, await codeFor(world, first))
  const answer = await jsonOf(await enterCode(other, second, await codeFor(world, second)))
  expect(answer).toMatchObject({
    step: { kind: 'register', values: { email: 'two@new.test', username: 'nia' } },
    reasons: ['username_taken'],
  })
  expect((await sendForm(other, second, { username: 'nia2', email: 'two@new.test' })).status).toBe(200)
  expect((await enterCode(other, second, await codeFor(world, second))).status).toBe(200)
  expect(await deps.db.query.select().from(deps.db.tables.users)).toHaveLength(3)
})

test('a number that somebody else gave is left out without a word', async () => {
  const scene = await createScene({ user: { phone: '+4930901820' } })
  const { browser, world, deps, userId } = scene
  await world.setPolicy('registration', { fields: { ...FIELDS, phone: 'required' } })
  const request = await openRegistration(browser, { phone: '+49 30 901820' })
  expect((await enterCode(browser, request, await codeFor(world, request))).status).toBe(200)
  const phones = await deps.db.query.select().from(deps.db.tables.identifiers)
  expect(phones.filter(({ kind }) => kind === 'phone').map((row) => row.userId)).toEqual([userId])
})

test('N241 REG - of several that finish with one address at the same moment one has the account', async () => {
  const scene = await createScene()
  const { world, deps } = scene
  const browsers = Array.from({ length: 6 }, (_, at) => world.browser(`203.0.113.${at}`))
  const requests = await Promise.all(browsers.map((browser) => openRegistration(browser, { email: 'race@new.test' })))
  // past the caps of the outbox there is a code, but nobody was sent it
  const codes = await Promise.all(requests.map((request) => codeFor(world, request).catch(() => null)))
  const known = requests.flatMap((request, at) => (codes[at] ? [[browsers[at]!, request, codes[at]] as const] : []))
  expect(known.length).toBeGreaterThan(2)
  const answers = await Promise.all(known.map(([browser, request, code]) => enterCode(browser, request, code)))
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, ...known.slice(1).map(() => 400)])
  expect(await deps.db.query.select().from(deps.db.tables.users)).toHaveLength(2)
})

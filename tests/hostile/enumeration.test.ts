import { describe, expect, test } from 'vitest'
import { type Browser, stepOf } from './harness/browser.ts'
import { letTimePass } from './harness/database.ts'
import { type Answer, codeOf, json, send } from './harness/http.ts'
import { expectRefused } from './harness/refusal.ts'
import { openWorld } from './harness/world.ts'
import { LOGIN, ME, NOT_HERE, PICK } from './paths.ts'

const world = await openWorld()

/** Everything of an answer that could tell two names apart, with the name itself and the ids taken out. */
function shapeOf(answer: Answer, name: string) {
  const { date: _date, 'x-request-id': _id, 'content-length': _length, ...headers } = answer.headers
  const body = answer.body
    .replaceAll(JSON.stringify(name), '"NAME"')
    .replace(/"requestId":"[^"]+"/, '')
    .replace(/req_[0-9a-f]+/, 'REQUEST')
  const cookies = answer.setCookie.map((line) => line.replace(/=[^;]+/, ({ length }) => `=${length}`))
  return {
    status: answer.status,
    headers: Object.entries(headers).filter(([key]) => key !== 'set-cookie'),
    body,
    cookies,
  }
}

async function startAs(browser: Browser, name: string, scope = 'openid') {
  const request = await browser.open(world.rp.authorizePath('clientConf', { scope }))
  return { request, started: await browser.call(LOGIN.START(request, name)) }
}

describe('N011 ENUM - a name that nobody has looks like any other', () => {
  const unknown = ['nobody-here', 'nobody@a.test', 'nobody@b.test', 'nobody@c.test', '+4930123456']
  const known = [
    'bob',
    'alice',
    'locked',
    'deactivated',
    'passwordless',
    'unverified',
    'carol',
    'bob@a.test',
    'carol@b.test',
  ]
  // each its own, because failures are counted
  const siblingOf = (name: string) => `nobody-like-${name}`

  test.each(known)('%s: the next step, and the refusal after it', async (name) => {
    const sibling = siblingOf(name)
    const [one, other] = [await startAs(world.browser(), name), await startAs(world.browser(), sibling)]
    expect(one.started.status).toBe(200)
    expect(shapeOf(one.started, name)).toEqual(shapeOf(other.started, sibling))

    const refusals: unknown[] = []
    for (const [who, id] of [
      [name, 'a'],
      [sibling, 'b'],
    ] as const) {
      const browser = world.browser()
      const { request } = await startAs(browser, who)
      const refused = await browser.call(LOGIN.PW(request, `wrong ${id}`))
      refusals.push([shapeOf(refused, who), shapeOf(await browser.call(LOGIN.get(request)), who)])
    }
    expect(refusals[0]).toEqual(refusals[1])
  })

  test('the step for an unknown name is a plausible one', async () => {
    for (const name of unknown) expect(stepOf((await startAs(world.browser(), name)).started)).toBe('first_factor')
  })

  test('somebody of another organization than was asked for looks like nobody', async () => {
    const scope = 'openid urn:vestibule:org:domain:primary:a.test'
    const [carol, nobody] = [
      await startAs(world.browser(), 'carol', scope),
      await startAs(world.browser(), 'nobody-here', scope),
    ]
    expect(shapeOf(carol.started, 'carol')).toEqual(shapeOf(nobody.started, 'nobody-here'))
  })
})

describe('N018 ENUM - guessing comes to the same end for a name that nobody has', () => {
  /** Every answer until the lock, and what the screen is told then, with waits that are passed as soon as they are over. */
  const course = async (name: string) => {
    const browser = world.browser()
    const { request } = await startAs(browser, name)
    const answers: unknown[] = []
    for (let at = 0; at < 20; at++) {
      const answer = await browser.call(LOGIN.PW(request, `guess ${at}`))
      const { headers } = shapeOf(answer, name)
      const { requestId: _id, retryAfter, ...rest } = json(answer)
      // a lock that has lasted a second has a second less to go
      const wait = retryAfter > 60 ? 'lock' : retryAfter
      answers.push({ ...rest, wait, names: headers.map(([header]) => header), status: answer.status })
      if (retryAfter <= 60) await letTimePass(world.rows, retryAfter)
    }
    const { step } = json(await browser.call(LOGIN.get(request)))
    const elsewhere = await startAs(world.browser(), name)
    return { answers, step: { ...step, lockedFor: step.lockedFor > 890 }, elsewhere: shapeOf(elsewhere.started, name) }
  }
  const withoutSeconds = (value: unknown) =>
    JSON.parse(JSON.stringify(value).replaceAll(/lockedFor\\":\d+/g, 'lockedFor'))

  test.each([
    ['grace', 'nobody-at-all'],
    ['deactivated', 'nobody-either'],
    ['locked', 'nobody-else'],
    ['passwordless', 'nobody-whatever'],
    ['eve@a.test', 'nobody-there@a.test'],
    ['carol@b.test', 'nobody-there@b.test'],
  ])('%s', async (name, sibling) => {
    await world.rows('delete from login_failures')
    const [known, unknown] = [withoutSeconds(await course(name)), withoutSeconds(await course(sibling))]
    expect(known).toEqual(unknown)
    const waits = known.answers.map(({ wait }: { wait?: unknown }) => wait)
    expect(waits.filter((wait: unknown) => wait !== undefined)).toEqual([1, 2, 4, 8, 16, ...Array(6).fill('lock')])
    expect(known.step).toEqual({ kind: 'first_factor', methods: ['passkey'], lockedFor: true, canReset: true })
  })
})

describe('N021 ENUM - without a session nothing is listed or counted', () => {
  const paths = [ME.profile().path, ME.sessions().path, ...NOT_HERE]

  test.each(['GET', 'HEAD', 'OPTIONS'])('%s', async (method) => {
    for (const path of [...paths, `${ME.sessions().path}?limit=1000`, `${ME.sessions().path}/ses_0`]) {
      const answer = await send(world.server, { method, path })
      if (method !== 'OPTIONS') expect([401, 404], path).toContain(answer.status)
      expect(Object.keys(answer.headers).filter((name) => /total|count|range/.test(name))).toEqual([])
      expect(answer.body).not.toMatch(/total|count|bob|usr_|ses_|org_/)
    }
  })

  test('with the cookie of a session that is over', async () => {
    const browser = world.browser()
    await world.rp.obtainCode(browser, 'clientConf', 'bob')
    await letTimePass(world.rows, 91 * 86_400)
    for (const call of [ME.profile(), ME.sessions()]) expectRefused(await browser.call(call), 'unauthenticated')
  })

  test('an id that exists answers like one that does not', async () => {
    const [owner, stranger] = [world.browser(), world.browser()]
    const request = await owner.open(world.rp.authorizePath('clientConf'))
    await stranger.open(world.rp.authorizePath('clientConf'))
    const missing = 'req_0123456789abcdef0123456789abcdef'
    for (const call of [PICK.list, (id: string) => LOGIN.START(id, 'bob'), LOGIN.FINISH]) {
      const [there, nowhere] = [await stranger.call(call(request)), await stranger.call(call(missing))]
      expect(codeOf(there)).toBe('request_not_found')
      expect(shapeOf(there, request)).toEqual(shapeOf(nowhere, missing))
    }
  })
})

import { describe, expect, test } from 'vitest'
import type { Browser } from '../testing/browser.ts'
import { change } from '../testing/change.ts'
import { enterCode, FORM, openForm, sendForm } from '../testing/registration.ts'
import { authorizePath } from '../testing/relying-party.ts'
import { createScene } from '../testing/scene.ts'

/*
 * A name nobody has must take as long as one that somebody has. On a server of its own the database is a round trip away, and each can be
 * seen from outside: so both ask it as often, at each step that can be reached with a name alone.
 */

type Ask = (browser: Browser, request: string) => Response | Promise<Response>
type Step = { status: number; reads: number; writes: number }

const post =
  (action: string, body: object = {}): Ask =>
  (browser, request) =>
    browser.post(`/api/login/${request}/${action}`, body)
const again: Ask = (browser, request) => browser.get(`/api/login/${request}`)

async function createWatched() {
  const seen: string[] = []
  const scene = await createScene({ observe: (text) => seen.push(text), user: { phone: '+4930901820' } })
  const organization = await scene.world.addOrganization('other.test')
  await scene.world.addApplication('shop', { organization })
  await change(scene, 'users', await scene.world.addUser('locked'), { state: 'locked' })
  await scene.world.addUser('nomail', { email: null })
  await scene.world.addUser('passwordless', { password: null })

  /** What each of these steps asks of the database. */
  async function workOf(steps: Record<string, Ask>, browser: Browser, request: string) {
    const work: Record<string, Step> = {}
    for (const [name, ask] of Object.entries(steps)) {
      seen.length = 0
      const { status } = await ask(browser, request)
      const verbs = seen.flatMap((text) => /^\s*(select|insert|update|delete)\b/i.exec(text)?.[1]?.toLowerCase() ?? [])
      const reads = verbs.filter((verb) => verb === 'select').length
      work[name] = { status, reads, writes: verbs.length - reads }
    }
    return work
  }
  return { scene, workOf }
}

type Watched = Awaited<ReturnType<typeof createWatched>>

/** What is asked for one is asked for the other, when neither is new and what is remembered for a while is. */
async function expectSameWork(somebody: string, nobody: string, work: (name: string) => Promise<Record<string, Step>>) {
  for (const name of [somebody, nobody]) await work(name)
  const known = await work(somebody)
  expect(await work(nobody)).toEqual(known)
  return known
}

/** Somebody who does not remember the password. */
async function forget({ scene, workOf }: Watched, clientId: string, identifier: string) {
  const browser = scene.world.browser()
  const request = await browser.open(authorizePath(clientId))
  const steps = {
    'the name': post('identifier', { identifier }),
    'the page again': again,
    'a wrong password': post('password', { password: 'not the password' }),
    'a code to reset it': post('reset'),
    'another one, too early': post('reset'),
    'a wrong code': post('reset-code', { code: 'ABCD-EFGH' }),
    'the page of the code': again,
    'back to the password': post('reset-cancel'),
  }
  return workOf(steps, browser, request)
}

async function register({ scene, workOf }: Watched, email: string) {
  const browser = scene.world.browser()
  const request = await openForm(browser)
  const steps: Record<string, Ask> = {
    'the form': () => sendForm(browser, request, { ...FORM, email }),
    'a wrong code': () => enterCode(browser, request, '000000'),
    'another one, too early': post('email-code-resend'),
    'the page of the code': again,
    'back to the form': post('registration-change'),
  }
  return workOf(steps, browser, request)
}

describe.each([
  ['of their own organization', 'ledger'],
  ['of an organization without people', 'shop'],
])('at an application %s', (_, clientId) => {
  test.each([
    ['bob', 'nobody'],
    ['bob', 'locked'],
    ['bob', 'nomail'],
    ['bob', 'passwordless'],
    ['bob@acme.test', 'nobody@acme.test'],
    ['bob@acme.test', 'nobody@nowhere.test'],
    ['+49 30 901820', '+49 30 901821'],
  ])('for %s and for %s the database is asked as often', async (somebody, nobody) => {
    const watched = await createWatched()
    const known = await expectSameWork(somebody, nobody, (name) => forget(watched, clientId, name))
    expect(known).toMatchObject({ 'a wrong password': { status: 401 }, 'a code to reset it': { status: 200 } })
  })
})

test('registering asks it as often with an address that has an account', async () => {
  const watched = await createWatched()
  const known = await expectSameWork('bob@acme.test', 'nobody@acme.test', (email) => register(watched, email))
  expect(known).toMatchObject({ 'the form': { status: 200 }, 'a wrong code': { status: 400 } })
})

import { expect, test } from 'vitest'
import { change } from '../testing/change.ts'
import { authorizePath } from '../testing/relying-party.ts'
import { createScene } from '../testing/scene.ts'

/** The form of a value: what of it could tell two answers apart, with names and ids left out. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shapeOf)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key, IDENTITY.has(key) ? typeof member : shapeOf(member)]),
  )
}
const IDENTITY = new Set(['request', 'requestId', 'loginName'])

const headersOf = ({ headers }: Response) => [...headers.keys()].toSorted()

const people = ['nobody', 'deactivated', 'locked', 'passwordless', 'elsewhere'] as const

/** Five people who can not sign in with this password, and one who can. */
async function createPeople() {
  const scene = await createScene()
  const { world } = scene
  await change(world, 'users', await world.addUser('deactivated'), { state: 'deactivated' })
  await change(world, 'users', await world.addUser('locked'), { state: 'locked' })
  await world.addUser('passwordless', { password: null })
  const globex = await world.addOrganization('globex.test')
  await world.addUser('elsewhere', { organization: globex })
  await change(world, 'organizations', globex, { state: 'deactivated' })
  return scene
}

type Scene = Awaited<ReturnType<typeof createPeople>>

async function walk({ world }: Scene, name: string) {
  const browser = world.browser()
  const request = await browser.open(authorizePath('ledger'))
  const identified = await browser.post(`/api/login/${request}/identifier`, { identifier: `${name}@acme.test` })
  const refused = await browser.post(`/api/login/${request}/password`, { password: 'not the right password' })
  const page = await browser.get(`/login/${request}`)
  return {
    identified: { status: identified.status, headers: headersOf(identified), body: shapeOf(await identified.json()) },
    refused: { status: refused.status, headers: headersOf(refused), body: shapeOf(await refused.json()) },
    page: { status: page.status, headers: headersOf(page) },
  }
}

test.each(people)('%s gets the same answers as somebody who can sign in', async (name) => {
  const scene = await createPeople()
  const expected = await walk(scene, 'bob')
  expect(expected.refused).toMatchObject({ status: 401, body: { code: 'invalid_credentials' } })
  expect(await walk(scene, name)).toEqual(expected)
})

test.each(people)('after %s failed, the rows say nothing that an answer could repeat', async (name) => {
  const scene = await createPeople()
  const { deps } = scene
  await walk(scene, name)
  expect(await deps.db.query.select().from(deps.db.tables.sessions)).toEqual([])
})

test('a right password of a locked person is told to its owner only', async () => {
  const { world, browser } = await createPeople()
  const request = await browser.open(authorizePath('ledger'))
  expect(await browser.signIn(request, 'locked@acme.test', 'a password of the tests')).toMatchObject({
    step: { kind: 'denied', reason: 'locked' },
  })
  expect((await world.browser().get(`/api/login/${request}`)).status).toBe(404)
})

test('where nothing lets anybody in, nobody is told who exists', async () => {
  const scene = await createPeople()
  await scene.setPolicy('login', { allowPassword: false, allowPasskey: false })
  const answers = await Promise.all(
    ['bob', 'nobody'].map(async (name) => {
      const browser = scene.world.browser()
      const request = await browser.open(authorizePath('ledger'))
      const answer = await browser.post(`/api/login/${request}/identifier`, { identifier: `${name}@acme.test` })
      return shapeOf(await answer.json())
    }),
  )
  expect(answers[0]).toEqual(answers[1])
  expect(answers[0]).toMatchObject({ step: { kind: 'denied', reason: 'no_first_factor' } })
})

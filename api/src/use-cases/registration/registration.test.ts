import { expect, test } from 'vitest'
import { clientAnswer, jsonOf } from '../../testing/answers.ts'
import { codeFor, enterCode, NEW_EMAIL, NEW_PASSWORD, openRegistration, sendForm } from '../../testing/registration.ts'
import { authorizePath, redeem } from '../../testing/relying-party.ts'
import { createScene, type Scene } from '../../testing/scene.ts'

/** Everybody of the organization but bob. */
async function newcomers({ deps, userId }: Scene) {
  const { users } = deps.db.tables
  return (await deps.db.query.select().from(users)).filter(({ id }) => id !== userId)
}

/** The whole way of a registration. */
async function register({ browser, world }: Scene, change: object = {}) {
  const request = await openRegistration(browser, change)
  return enterCode(browser, request, await codeFor(world, request))
}

const redirectOf = async (response: Response) =>
  (await jsonOf<{ step: { redirect: { to: string } } }>(response)).step.redirect.to

test('the code finishes the registration, and the application gets its tokens without another question', async () => {
  const scene = await createScene()
  const { browser, world, deps, acme, clock } = scene
  const request = await openRegistration(browser)
  expect(await newcomers(scene)).toEqual([])
  const before = browser.jar.get('vestibule')

  const url = new URL(await redirectOf(await enterCode(browser, request, await codeFor(world, request))))
  const tokens = await redeem(world, 'ledger', url.searchParams.get('code') ?? '')
  const [nia] = await newcomers(scene)
  expect((await browser.step(request)) as unknown).toMatchObject({ code: 'request_finished' })
  expect(tokens.status).toBe(200)
  expect(nia).toMatchObject({
    organizationId: acme,
    state: 'active',
    displayName: 'Nia Okoye',
    profile: { givenName: 'Nia', familyName: 'Okoye', locale: 'en' },
  })
  expect(await deps.repositories.users.listIdentifiers(nia!.id)).toMatchObject([
    { kind: 'email', value: NEW_EMAIL, verifiedAt: clock.now() },
  ])
  expect(browser.jar.get('vestibule'), 'another cookie than before').not.toBe(before)
  const events = (await world.events()).map(({ type, actor }) => [type, actor])
  expect(events).toContainEqual(['user.registered', nia!.id])
  // and the next application asks nothing at all
  expect(clientAnswer(await browser.get(authorizePath('ledger')))).toHaveProperty('code')
})

test('afterwards the address and the password sign in, in any spelling of the address', async () => {
  const scene = await createScene()
  const { world } = scene
  await register(scene, { email: ' Nia@Elsewhere.TEST ' })
  const other = world.browser()
  const answer = await other.signIn(await other.open(authorizePath('ledger')), 'NIA@elsewhere.test', NEW_PASSWORD)
  expect(answer.step.kind).toBe('redirect')
})

test('the default organization is joined, or the one that was asked for', async () => {
  const scene = await createScene()
  const { browser, world, acme } = scene
  const other = await world.addOrganization('other.test')
  await register(scene)
  const scope = 'openid urn:vestibule:org:domain:primary:other.test'
  const request = await openRegistration(browser, {}, { scope })
  await enterCode(browser, request, await codeFor(world, request))
  // one address in two organizations: two accounts
  expect((await newcomers(scene)).map(({ organizationId }) => organizationId).toSorted()).toEqual(
    [acme, other].toSorted(),
  )
})

test('a session of somebody else in this browser stays theirs', async () => {
  const scene = await createScene()
  const { signIn, deps } = scene
  await signIn()
  await register(scene)
  const sessions = await deps.db.query.select().from(deps.db.tables.sessions)
  expect(new Map(sessions.map(({ loginName, endedAt }) => [loginName, endedAt]))).toEqual(
    new Map([
      ['bob@acme.test', null],
      [NEW_EMAIL, null],
    ]),
  )
})

test('on the way to the own account pages an account is made too, and its pages open', async () => {
  const { browser, world } = await createScene()
  const request = await browser.open('/account')
  await browser.post(`/api/login/${request}/registration`, {})
  await sendForm(browser, request)
  const answer = await enterCode(browser, request, await codeFor(world, request))
  expect(await redirectOf(answer)).toBe('/account')
  expect(await jsonOf(await browser.get('/api/me'))).toMatchObject({ displayName: 'Nia Okoye', email: NEW_EMAIL })
})

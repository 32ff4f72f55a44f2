import type { OwnProfile } from '@vestibule/shared/contract/profile.ts'
import { expect, test } from 'vitest'
import { expectProblem, jsonOf } from '../testing/answers.ts'
import { obtainTokens } from '../testing/relying-party.ts'
import { BOB, createScene } from '../testing/scene.ts'
import { PASSWORD } from '../testing/world.ts'

/** Bob on his profile page. */
async function createAtHome() {
  const scene = await createScene()
  const { browser, deps, userId } = scene
  await browser.signIn(await browser.open('/account'), BOB, PASSWORD)
  const read = async () => jsonOf<OwnProfile>(await browser.get('/api/me/profile'))
  const change = async (members: object) => {
    const { version } = await read()
    return browser.patch('/api/me/profile', { version, ...members })
  }
  const person = async () => (await deps.repositories.users.findPerson(userId))!
  const logged = async () => (await scene.events()).filter(({ type }) => type === 'user.profile_changed')
  return { ...scene, read, change, person, logged }
}

const EVERYTHING = {
  displayName: 'Countess',
  givenName: 'Ada',
  familyName: 'Lovelace',
  middleName: 'King',
  nickname: 'Enchantress',
  profile: 'https://ada.example/about',
  website: 'https://ada.example/',
  gender: 'female',
  birthdate: '1815-12-10',
  zoneinfo: 'Europe/London',
  address: {
    streetAddress: '12 St James’s Square\nGround floor',
    locality: 'London',
    region: 'England',
    postalCode: 'SW1Y 4JH',
    country: 'United Kingdom',
  },
}

test('every standard claim can be said, is told to applications, and taken back', async () => {
  const { change, read, world, userinfo, logged, userId } = await createAtHome()
  expect(await jsonOf(await change(EVERYTHING))).toMatchObject(EVERYTHING)
  expect(await read()).toMatchObject(EVERYTHING)
  const { address, ...rest } = EVERYTHING
  const tokens = await obtainTokens(world, world.browser(), 'ledger', BOB, { scope: 'openid profile address' })
  expect(await jsonOf(await userinfo(tokens))).toMatchObject({
    name: rest.displayName,
    given_name: rest.givenName,
    family_name: rest.familyName,
    middle_name: rest.middleName,
    nickname: rest.nickname,
    profile: rest.profile,
    website: rest.website,
    gender: rest.gender,
    birthdate: rest.birthdate,
    zoneinfo: rest.zoneinfo,
    address: { street_address: address.streetAddress, postal_code: address.postalCode },
  })
  const nothing = Object.fromEntries(Object.keys(EVERYTHING).map((name) => [name, null]))
  const bob = { displayName: 'Bob', givenName: 'Bob', familyName: 'Test' }
  expect(await jsonOf(await change({ ...nothing, ...bob }))).toMatchObject({ ...nothing, ...bob, locale: 'en' })
  expect(await logged()).toMatchObject([
    { actor: userId, target: userId, data: { changed: Object.keys(EVERYTHING).sort() } },
    { data: { changed: Object.keys(EVERYTHING).sort() } },
  ])
})

test('the log names what changed and holds no value of it', async () => {
  const { change, logged } = await createAtHome()
  await change({ nickname: 'a canary', birthdate: '1815' })
  const [event] = await logged()
  expect(event!.data).toEqual({ changed: ['birthdate', 'nickname'] })
  expect(JSON.stringify(event)).not.toContain('canary')
})

test('what is not sent stays, and a change that changes nothing writes nothing', async () => {
  const { change, read, logged } = await createAtHome()
  await change({ nickname: 'bobby' })
  const before = await read()
  expect(before).toMatchObject({ nickname: 'bobby', givenName: 'bob', familyName: 'Test' })
  expect(await jsonOf(await change({ nickname: 'bobby' }))).toEqual(before)
  expect(await logged()).toHaveLength(1)
})

test('of two tabs the second hears that the first has changed something, and nothing is lost', async () => {
  const { browser, read } = await createAtHome()
  const { version } = await read()
  await browser.patch('/api/me/profile', { version, nickname: 'first' })
  await expectProblem(await browser.patch('/api/me/profile', { version, nickname: 'second' }), 409, 'changed_meanwhile')
  const after = await read()
  // the clock stands still, and the versions are told apart all the same
  expect(after).toMatchObject({ nickname: 'first', version: version + 1 })
  await browser.patch('/api/me/profile', { version: after.version, nickname: 'second' })
  expect(await read()).toMatchObject({ nickname: 'second' })
})

test('updated_at moves with a change', async () => {
  const { change, clock, person } = await createAtHome()
  clock.advance(60)
  await change({ nickname: 'bobby' })
  expect((await person()).updatedAt).toBe(clock.now())
})

test('a display name that nobody chose follows the names', async () => {
  const { change, read } = await createAtHome()
  await change({ displayName: 'bob Test' })
  await change({ givenName: 'Robert' })
  expect(await read()).toMatchObject({ displayName: 'Robert Test' })
  await change({ displayName: 'Bobby' })
  await change({ givenName: 'Rob' })
  expect(await read()).toMatchObject({ displayName: 'Bobby' })
})

test.each([
  { displayName: '' },
  { displayName: null },
  { givenName: '' },
  { givenName: ' ' },
  { givenName: null },
  { familyName: null },
  { familyName: '42' },
  { givenName: 'two\nlines' },
  { givenName: '\u0000' },
  { nickname: 'a\u202etxt.exe' },
  { familyName: 'x'.repeat(201) },
  { website: 'javascript:alert(1)' },
  { website: '//evil.test' },
  { profile: 'data:text/html,x' },
  { birthdate: '1815-02-30' },
  { birthdate: '0000' },
  { birthdate: '10.12.1815' },
  { zoneinfo: 'Mars/Olympus' },
  { address: { planet: 'Mars' } },
  { address: { streetAddress: 'x'.repeat(501) } },
  { address: 'London' },
])('%j is refused, and nothing changes', async (members) => {
  const { change, read, logged } = await createAtHome()
  const before = await read()
  await expectProblem(await change(members), 400, 'invalid_input')
  expect(await read()).toEqual(before)
  expect(await logged()).toEqual([])
})

test.each(['1815', '0000-02-29', '1816-02-29', '1815-12-10'])(
  'the birth date %s may be as partial as people like',
  async (birthdate) => {
    const { change } = await createAtHome()
    expect(await jsonOf(await change({ birthdate }))).toMatchObject({ birthdate })
  },
)

/** What a client could wish it were able to set. */
const WISHES = {
  emailVerified: true,
  email_verified: true,
  isEmailVerified: true,
  phoneVerified: true,
  phone_number_verified: true,
  verifiedAt: 1,
  email: 'new@acme.test',
  phone: '+4930901820',
  username: 'admin',
  preferredUsername: 'admin',
  subject: 'usr_somebody',
  sub: 'usr_somebody',
  id: 'usr_somebody',
  userId: 'usr_somebody',
  orgId: 'org_b',
  organizationId: 'org_b',
  roles: ['instance_owner'],
  isAdmin: true,
  type: 'service',
  kind: 'service',
  state: 'active',
  passwordHash: 'x',
  password: 'a new password',
  mfaRequired: false,
  createdAt: 0,
  updatedAt: 0,
  picture: 'https://evil.test/x.png',
  locale: 'de',
  formatted: 'x',
}

test.each(Object.entries(WISHES))('N230 %s can be set by no client', async (name, value) => {
  const { change, person, deps, userId } = await createAtHome()
  const everything = async () => [
    await person(),
    await deps.repositories.users.listIdentifiers(userId),
    await deps.db.query.select().from(deps.db.tables.managerRoles),
  ]
  const before = await everything()
  await expectProblem(await change({ [name]: value, nickname: 'smuggler' }), 400, 'invalid_input')
  expect(await everything()).toEqual(before)
})

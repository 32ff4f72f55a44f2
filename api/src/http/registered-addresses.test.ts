import { expect, test } from 'vitest'
import { jsonOf } from '../testing/answers.ts'
import { addManager } from '../testing/managers.ts'
import { openTestDatabase } from '../testing/open-test-database.ts'
import { createWorld } from '../testing/world.ts'
import { acme, createInstance } from '../use-cases/configuration/testing/instance.ts'

type Place = `redirectUris[0]` | `postLogoutRedirectUris[0]` | `settings.${string}`

/** An application with this address in this place. */
function withAddress(type: string, place: Place, uri: string, settings: object = {}) {
  const [member = ''] = place.replace('settings.', '').split('[')
  const isSetting = place.startsWith('settings.')
  const own = isSetting ? { settings: { ...settings, [member]: uri } } : { settings, [member]: [uri] }
  return { clientId: 'ledger', name: 'Ledger', type, ...own }
}

/** What is no address at all is told of the member that holds it. */
const names = (place: Place) => (fields: Record<string, string[]>) =>
  Object.entries(fields).every(([field, all]) => place.startsWith(field) && all.every((one) => one === 'invalid'))

/** Whether a configuration file may say it, and whether a manager may: each refusal names the place, and nothing is stored. */
async function isRegistered(application: object, place: Place) {
  const { faults, everything } = createInstance(await openTestDatabase())
  const found = await faults(acme({ applications: [application] }))
  for (const fault of found) expect(fault).toContain(`organizations[0].applications[0].${place} `)
  expect((await everything('applications')).includes('ledger')).toBe(found.length === 0)

  const world = await createWorld()
  const robot = await addManager(world, ['organization_owner'])
  const made = await robot.post(`/api/v1/organizations/${world.acme}/applications`, application)
  if (made.status !== 200)
    expect(await jsonOf(made)).toMatchObject({ code: 'invalid_input', fields: expect.toSatisfy(names(place)) })
  return [found.length === 0, made.status === 200]
}

const USABLE = [
  ['web', 'https://app.test/cb'],
  ['web', 'https://app.test:8443/cb?from=us'],
  ['spa', 'https://app.test/cb'],
  ['native', 'https://app.test/cb'],
  ['native', 'http://127.0.0.1/cb'],
  ['native', 'http://[::1]:4321/cb'],
  ['native', 'http://localhost/cb'],
  ['native', 'com.acme.app:/cb'],
] as const

const UNUSABLE = [
  ['web', '/cb'],
  ['web', 'app.test/cb'],
  ['web', 'https://app.test/cb#x'],
  ['web', 'https://app.test/cb#'],
  ['web', 'https://ada@app.test/cb'],
  ['web', 'https://ada:pw@app.test/cb'],
  ['web', 'https://*.app.test/cb'],
  ['web', 'https://app.test/*'],
  ['web', 'https:\\\\app.test\\cb'],
  ['web', 'https://app.test/c b'],
  ['web', 'https://app.test/c\tb'],
  ['web', 'https://app.test/c\u0000b'],
  ['web', 'https://äpp.test/cb'],
  ['web', 'http://app.test/cb'],
  ['web', 'http://localhost/cb'],
  ['web', 'com.acme.app:/cb'],
  ['spa', 'http://127.0.0.1/cb'],
  ['native', 'http://app.test/cb'],
  ['native', 'acme:/cb'],
  ['native', 'javascript:alert(1)'],
] as const

const registers = (place: Place) => async (type: string, uri: string) =>
  isRegistered(withAddress(type, place, uri), place)

test.each(USABLE)('AP2 a %s application registers %s in redirectUris[0]', async (type, uri) => {
  expect(await registers('redirectUris[0]')(type, uri)).toEqual([true, true])
})

test.each(UNUSABLE)('AP2 a %s application does not register %j in redirectUris[0]', async (type, uri) => {
  expect(await registers('redirectUris[0]')(type, uri)).toEqual([false, false])
})

test.each(USABLE)('AP3 a %s application registers %s in postLogoutRedirectUris[0]', async (type, uri) => {
  expect(await registers('postLogoutRedirectUris[0]')(type, uri)).toEqual([true, true])
})

test.each(UNUSABLE)('AP3 a %s application does not register %j in postLogoutRedirectUris[0]', async (type, uri) => {
  expect(await registers('postLogoutRedirectUris[0]')(type, uri)).toEqual([false, false])
})

test('AP2 a scheme without a dot is for native applications that say so, and never one that browsers run or know', async () => {
  const settings = { schemesWithoutDot: true }
  const isUsable = async (type: string, uri: string) =>
    isRegistered(withAddress(type, 'redirectUris[0]', uri, settings), 'redirectUris[0]')
  expect(await isUsable('native', 'acme://cb')).toEqual([true, true])
  for (const scheme of [
    'javascript',
    'data',
    'vbscript',
    'blob',
    'file',
    'about',
    'ftp',
    'ws',
    'mailto',
    'intent',
    'web+acme',
  ])
    expect([scheme, await isUsable('native', `${scheme}:/cb`)]).toEqual([scheme, [false, false]])
  expect(await isUsable('native', 'http://app.test/cb')).toEqual([false, false])
  const { faults } = createInstance(await openTestDatabase())
  expect(
    await faults(acme({ applications: [withAddress('web', 'redirectUris[0]', 'https://app.test/cb', settings)] })),
  ).toEqual(['organizations[0].applications[0].settings.schemesWithoutDot is for native: others come back by https.'])
})

const LINKS = [
  'jwksUri',
  'logoUri',
  'privacyUri',
  'termsUri',
  'initiateLoginUri',
  'backchannelLogoutUri',
  'frontchannelLogoutUri',
] as const

test.each(LINKS)('AP3 %s is https', async (member) => {
  const place = `settings.${member}` as const
  const isUsable = (uri: string) => isRegistered(withAddress('web', place, uri), place)
  expect(await isUsable('https://app.test/x')).toEqual([true, true])
  for (const uri of ['http://app.test/x', 'http://localhost/x', 'javascript:alert(1)', '/x', 'com.acme.app:/x'])
    expect([uri, await isUsable(uri)]).toEqual([uri, [false, false]])
})

test.each(['initiateLoginUri', 'backchannelLogoutUri', 'frontchannelLogoutUri'] as const)(
  'AP3 %s has a query where it likes, and neither fragment nor user name',
  async (member) => {
    const place = `settings.${member}` as const
    const isUsable = (uri: string) => isRegistered(withAddress('web', place, uri), place)
    expect(await isUsable('https://app.test/x?y=z@1')).toEqual([true, true])
    for (const uri of ['https://app.test/x#y', 'https://ada@app.test/x', 'https://ada:pw@app.test/x'])
      expect([uri, await isUsable(uri)]).toEqual([uri, [false, false]])
  },
)

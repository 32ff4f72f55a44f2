import type { OwnApplication } from '@vestibule/shared/contract/applications.ts'
import { expect, test } from 'vitest'
import { jsonOf } from '../testing/answers.ts'
import { pageOf } from '../testing/browser.ts'
import { authorizePath, obtainTokens } from '../testing/relying-party.ts'
import { BOB, createScene } from '../testing/scene.ts'
import { ISSUER, PASSWORD } from '../testing/world.ts'

const initiateLoginUri = 'https://rp.test/start?from=us'
const settings = { consent: 'never', initiateLoginUri } as const
const started = (more: Record<string, string> = {}) =>
  `${initiateLoginUri}&${new URLSearchParams({ iss: ISSUER, ...more })}`
const ledger = (more?: Record<string, string>) => ({ application: 'ledger of the tests', to: started(more) })

const createStory = (own: object = {}) => createScene({ application: { settings: { ...settings, ...own } } })

async function startAgainOf(response: Response) {
  const page = await pageOf(response)
  if (page.kind !== 'error') throw new Error(page.kind)
  return page.error.startAgain
}

test('IL1 a login that is over leads to where its application begins another one', async () => {
  const { browser, clock } = await createStory()
  const finished = await browser.open(authorizePath('ledger', { prompt: 'login' }))
  const expired = await browser.open(authorizePath('ledger', { login_hint: 'ann@acme.test' }))
  await browser.signIn(finished, BOB, PASSWORD)
  expect(await startAgainOf(await browser.get(`/login/${finished}`))).toEqual(ledger())
  clock.advance(3600)
  expect(await startAgainOf(await browser.get(`/login/${expired}`))).toEqual(ledger({ login_hint: 'ann@acme.test' }))
  // and the page that is open already hears of it
  const late = await browser.post(`/api/login/${expired}/identifier`, { identifier: BOB })
  expect(await jsonOf(late)).toMatchObject({
    code: 'request_expired',
    startAgain: ledger({ login_hint: 'ann@acme.test' }),
  })
})

test('IL1 so does a pushed request that nobody may open any more', async () => {
  const { browser } = await createStory()
  const gone = `urn:ietf:params:oauth:request_uri:vp_${'A'.repeat(43)}`
  const query = new URLSearchParams({ client_id: 'ledger', request_uri: gone })
  expect(await startAgainOf(await browser.get(`/oauth/v2/authorize?${query}`))).toEqual(ledger())
})

test('IL1 what was typed into our page is not told to the application', async () => {
  const { browser, clock } = await createStory()
  const request = await browser.open(authorizePath('ledger'))
  await browser.post(`/api/login/${request}/identifier`, { identifier: BOB })
  clock.advance(3600)
  expect(await startAgainOf(await browser.get(`/login/${request}`))).toEqual(ledger())
})

test('IL1 nobody is led anywhere from a page of another browser, of nobody, or of an application that does not say', async () => {
  const { browser, world, clock } = await createStory()
  const request = await browser.open(authorizePath('ledger'))
  expect(await startAgainOf(await world.browser().get(`/login/${request}`))).toBeNull()
  expect(await startAgainOf(await browser.get('/login/req_unknown'))).toBeNull()
  await world.addApplication('silent')
  const silent = await browser.open(authorizePath('silent'))
  clock.advance(3600)
  expect(await startAgainOf(await browser.get(`/login/${silent}`))).toBeNull()
})

test('IL1 an address that is not https is not followed, however it came into the row', async () => {
  const { browser, clock } = await createStory({ initiateLoginUri: 'javascript:alert(1)' })
  const request = await browser.open(authorizePath('ledger'))
  clock.advance(3600)
  expect(await startAgainOf(await browser.get(`/login/${request}`))).toBeNull()
})

test('IL2 the page after a sign-out leads there too', async () => {
  const { browser, tokens } = await createStory()
  const { id_token = '' } = await tokens()
  const page = await browser.page(`/oidc/v1/end_session?${new URLSearchParams({ id_token_hint: id_token })}`)
  expect(page).toMatchObject({ kind: 'signed_out', signedOut: { again: started() } })
  expect(await browser.page('/signed-out')).toMatchObject({ kind: 'signed_out', signedOut: { again: null } })
})

test('IL3 the list of applications opens each where it begins a login, and names the person to those who know the name', async () => {
  const { browser, world } = await createStory()
  await world.addApplication('paper', { settings })
  await world.addApplication('silent', { settings: { consent: 'never' } })
  await obtainTokens(world, world.browser(), 'ledger', BOB, { scope: 'openid profile' })
  await obtainTokens(world, world.browser(), 'paper', BOB)
  await obtainTokens(world, world.browser(), 'silent', BOB)
  await browser.signIn(await browser.open('/account'), BOB, PASSWORD)
  const { applications } = await jsonOf<{ applications: OwnApplication[] }>(await browser.get('/api/me/applications'))
  expect(Object.fromEntries(applications.map(({ name, open }) => [name.split(' ')[0], open]))).toEqual({
    ledger: started({ login_hint: BOB }),
    paper: started(),
    silent: null,
  })
})

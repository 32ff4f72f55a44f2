import { expect, test } from 'vitest'
import { expectProblem, jsonOf } from '../testing/answers.ts'
import { authorizePath } from '../testing/relying-party.ts'
import { BOB, createScene } from '../testing/scene.ts'
import { PASSWORD } from '../testing/world.ts'

/** Requests of `ledger` of acme.test, of `shop` of other.test and of nobody were refused; bob manages one of these. */
async function createRefusals(manages: 'acme' | 'other' | 'instance') {
  const scene = await createScene()
  const { world, browser, authorize, userId, acme, deps } = scene
  const other = await world.addOrganization('other.test')
  const shop = await world.addApplication('shop', { organization: other })
  await authorize({ redirect_uri: 'https://rp.test/cb?token=abcdefgh' })
  await browser.get(authorizePath('shop', { response_type: 'token' }))
  await authorize({ client_id: 'nobody' })
  const rows = await deps.db.query.select().from(deps.db.tables.traces)
  const ids = rows.map(({ id }) => id)
  if (manages === 'instance') await world.grant(userId, 'instance_viewer')
  else await world.grant(userId, 'organization_viewer', manages === 'acme' ? acme : other)
  await browser.signIn(await browser.open('/account'), BOB, PASSWORD)
  return { ...scene, other, shop, of: { ledger: ids[0]!, shop: ids[1]!, nobody: ids[2]! } }
}

const NONE = '00000000-0000-4000-8000-000000000000'

test('a manager reads why a request of an own application was refused, check by check, and nothing secret', async () => {
  const { browser, acme, of, clock } = await createRefusals('acme')
  const trace = await jsonOf<{ checks: object[] }>(
    await browser.get(`/api/v1/organizations/${acme}/traces/${of.ledger}`),
  )
  expect(trace).toEqual({
    id: of.ledger,
    at: new Date(clock.now()).toISOString(),
    path: 'authorize',
    clientId: 'ledger',
    error: 'invalid_request',
    check: 'redirect_uri',
    reason: 'mismatch',
    expected: 'https://rp.test/cb',
    got: 'https://rp.test/cb?token=***',
    differsAt: 'https://rp.test/cb'.length,
    checks: expect.any(Array),
  })
  expect(trace.checks.slice(2, 5)).toEqual([
    { check: 'request_uri', outcome: 'passed' },
    { check: 'redirect_uri', outcome: 'failed' },
    { check: 'pushed', outcome: 'not_reached' },
  ])
})

test('P4 another organization’s manager finds none of them, under either organization', async () => {
  const { browser, acme, other, of } = await createRefusals('acme')
  const get = (organization: string, id: string) => browser.get(`/api/v1/organizations/${organization}/traces/${id}`)
  for (const id of [of.shop, of.nobody, NONE, 'x', '%00']) await expectProblem(await get(acme, id), 404, 'not_found')
  for (const id of [of.ledger, of.shop]) await expectProblem(await get(other, id), 404, 'not_found')
  await expectProblem(await browser.get(`/api/v1/instance/traces/${of.nobody}`), 403, 'forbidden')
})

test('whoever manages the instance reads all, of clients that nobody knows too', async () => {
  const { browser, of } = await createRefusals('instance')
  for (const id of Object.values(of)) expect((await browser.get(`/api/v1/instance/traces/${id}`)).status).toBe(200)
  await expectProblem(await browser.get(`/api/v1/instance/traces/${NONE}`), 404, 'not_found')
})

test('an application has its last ones, newest first, and another organization’s is not there', async () => {
  const { browser, acme, ledger, shop, authorize, clock, of } = await createRefusals('acme')
  clock.advance(1)
  await authorize({ max_age: 'x' })
  const path = (application: string) => `/api/v1/organizations/${acme}/applications/${application}/traces`
  const list = async (application: string) =>
    (await jsonOf<{ traces: { id: string; check: string }[] }>(await browser.get(path(application)))).traces
  expect((await list(ledger.id)).map(({ check }) => check)).toEqual(['max_age', 'redirect_uri'])
  expect((await list(ledger.id)).at(-1)).not.toHaveProperty('owner')
  expect((await list(ledger.id)).at(-1)?.id).toBe(of.ledger)
  for (const foreign of [shop.id, 'app_unknown', '%00'])
    await expectProblem(await browser.get(path(foreign)), 404, 'not_found')
})

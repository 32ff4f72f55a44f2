import { ALL_TRACE_CHECKS, TRACE_CHECKS, type TracePath } from '@vestibule/shared/trace.ts'
import { describe, expect, test } from 'vitest'
import { pageOf } from '../testing/browser.ts'
import { askAsDevice, poll } from '../testing/device.ts'
import { AUTHORIZE, PAR, WRONG_PARAMETERS } from '../testing/refusals/authorization.ts'
import { CHALLENGES } from '../testing/refusals/challenge.ts'
import { END_SESSION, TOKEN_ENDPOINTS } from '../testing/refusals/token.ts'
import { postForm } from '../testing/relying-party.ts'
import { createScene, type Scene } from '../testing/scene.ts'

const REFUSALS = [...AUTHORIZE, ...PAR, ...CHALLENGES, ...TOKEN_ENDPOINTS, ...END_SESSION]
const silent = { application: { settings: { consent: 'never' as const } } }

const tracesOf = ({ deps }: Pick<Scene, 'deps'>) => deps.db.query.select().from(deps.db.tables.traces)

/** The name of the trace as the one who asked is told it. */
async function toldName(response: Response): Promise<string | undefined> {
  const location = response.headers.get('location')
  if (location)
    return /\(trace ([0-9a-f-]{36})\)/.exec(new URL(location).searchParams.get('error_description') ?? '')?.[1]
  if (response.headers.get('content-type')?.startsWith('application/json'))
    return ((await response.json()) as { trace_id?: string }).trace_id
  const page = await pageOf(response)
  return page.kind === 'error' ? page.error.requestId : undefined
}

describe('G17 a refused request leaves a trace that names the check, and says its name', () => {
  test.each(REFUSALS)('%s: %s is %s', async (path, check, reason, send) => {
    const scene = await createScene(silent)
    const response = await send(scene)
    expect([302, 303, 400, 401]).toContain(response.status)
    expect(await tracesOf(scene)).toEqual([
      expect.objectContaining({ id: await toldName(response), path, check, reason, at: scene.clock.now() }),
    ])
  })

  /** What can not be read says no grant, so it is checked as a request without one. */
  const isReadFirst = (path: TracePath, check: string) => path.startsWith('token_') && check === 'form'

  test('every check of every endpoint is among them', () => {
    const known = new Set(REFUSALS.map(([path, check]) => `${path} ${check}`))
    const all = Object.entries(TRACE_CHECKS).flatMap(([path, checks]) =>
      checks.filter((check) => !isReadFirst(path as TracePath, check)).map((check) => `${path} ${check}`),
    )
    expect(all.filter((one) => !known.has(one))).toEqual([])
    expect(ALL_TRACE_CHECKS.length).toBeGreaterThan(30)
  })

  const pairs = WRONG_PARAMETERS.flatMap(([first, , one], at) =>
    WRONG_PARAMETERS.slice(at + 1).map(([second, , other]) => ({ first, second, parameters: { ...other, ...one } })),
  ).filter(({ first, second }) => !(first === 'claims' && second === 'acr'))

  test.each(pairs)('of two that fail $first is the one, and not $second', async ({ first, parameters }) => {
    const scene = await createScene(silent)
    await scene.authorize(parameters)
    expect(await tracesOf(scene)).toEqual([expect.objectContaining({ check: first })])
  })
})

test('what works leaves none, and neither do questions that are asked again', async () => {
  const scene = await createScene(silent)
  const { authorize, tokens, refresh, userinfo } = scene
  const granted = await tokens({ scope: 'openid offline_access' })
  await refresh(granted)
  await userinfo(granted)
  await authorize({ prompt: 'none' })
  const { device_code } = (await (await askAsDevice(scene.world)).json()) as { device_code: string }
  const pending = (await (await poll(scene.world, device_code)).json()) as object
  expect(pending).toEqual({ error: 'authorization_pending', error_description: expect.any(String) })
  expect(await tracesOf(scene)).toEqual([])
})

test('it belongs to the organization of the application, proven or not, and to nobody where there is none', async () => {
  const scene = await createScene()
  const other = await scene.world.addOrganization('other.test')
  const shop = await scene.world.addApplication('shop', { organization: other })
  await postForm(scene.world, '/oauth/v2/token', { client_id: 'shop', client_secret: 'wrong' })
  await scene.authorize({ client_id: 'nobody' })
  const traces = new Map((await tracesOf(scene)).map((trace) => [trace.clientId, trace]))
  expect(traces.size).toBe(2)
  expect(traces.get('shop')).toMatchObject({ owner: other, applicationId: shop.id })
  expect(traces.get('nobody')).toMatchObject({ owner: 'instance', applicationId: null })
})

test('of a redirect URI the registered one that is nearest stands beside it', async () => {
  const redirectUris = ['https://rp.test/cb', 'https://rp.test/callback', 'https://staging.rp.test/cb']
  const scene = await createScene({ application: { redirectUris } })
  await scene.authorize({ redirect_uri: 'https://rp.test/callback/' })
  expect(await tracesOf(scene)).toEqual([
    expect.objectContaining({ expected: 'https://rp.test/callback', got: 'https://rp.test/callback/' }),
  ])
})

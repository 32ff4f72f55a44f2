import { decodeJwt } from 'jose'
import { expect, test } from 'vitest'
import { clientAnswer, jsonOf, locationOf } from '../../testing/answers.ts'
import { change } from '../../testing/change.ts'
import { authorizePath, codeOf, type Tokens } from '../../testing/relying-party.ts'
import { createScene } from '../../testing/scene.ts'
import { PASSWORD } from '../../testing/world.ts'

test('AZ16 without a session the browser is sent to the login page', async () => {
  const { authorize } = await createScene()
  expect(locationOf(await authorize()).pathname).toMatch(/^\/login\/req_[0-9a-f]{32}$/)
})

test('AZ16 with a usable session the code comes at once', async () => {
  const { signIn, authorize, redeem } = await createScene()
  await signIn()
  const answer = clientAnswer(await authorize({ state: 's' }))
  expect(answer).toMatchObject({ state: 's' })
  expect((await redeem(answer.code!)).status).toBe(200)
})

test.each(['none login', 'login none', 'none consent', 'none none login'])(
  'AZ17 prompt=%s is refused',
  async (prompt) => {
    const { authorize } = await createScene()
    expect(clientAnswer(await authorize({ prompt }))).toMatchObject({ error: 'invalid_request' })
  },
)

test('AZ17 prompt=none succeeds silently, with the same sub and auth_time', async () => {
  const { tokens, authorize, redeem, clock } = await createScene()
  const first = decodeJwt((await tokens()).id_token!)
  clock.advance(3600)
  const code = codeOf(locationOf(await authorize({ prompt: 'none' })))
  const second = decodeJwt((await jsonOf<Tokens>(await redeem(code))).id_token!)
  expect({ ...second, iat: 0, exp: 0, at_hash: '' }).toEqual({ ...first, iat: 0, exp: 0, at_hash: '' })
  expect(second.iat! - first.iat!).toBe(3600)
})

type Story = [
  why: string,
  error: string,
  parameters: Record<string, string>,
  happening: (scene: Scene) => Promise<unknown>,
]
type Scene = Awaited<ReturnType<typeof createScene>>

const signedIn = (scene: Scene) => scene.signIn()
const twoAccounts = async ({ world, browser, signIn }: Scene) => {
  await world.addUser('ann')
  await signIn()
  const request = await browser.open(authorizePath('ledger', { prompt: 'select_account' }))
  await browser.post(`/api/login/${request}/restart`, { fresh: true })
  await browser.signIn(request, 'ann@acme.test', PASSWORD)
}

const stories: Story[] = [
  ['nobody is signed in', 'login_required', {}, async () => undefined],
  [
    'the check is older than max_age',
    'login_required',
    { max_age: '10' },
    async (scene) => {
      await signedIn(scene)
      scene.clock.advance(11)
    },
  ],
  [
    'the session idled out',
    'login_required',
    {},
    async (scene) => {
      await signedIn(scene)
      scene.clock.advance(31 * 86_400)
    },
  ],
  [
    'the session ended',
    'login_required',
    {},
    async (scene) => {
      await signedIn(scene)
      const { sessions } = scene.deps.db.tables
      const [row] = await scene.deps.db.query.select().from(sessions)
      await change(scene, 'sessions', row!.id, { endedAt: scene.clock.now() })
    },
  ],
  ['the hint names somebody else', 'login_required', { login_hint: 'ann@acme.test' }, signedIn],
  ['several accounts are usable', 'account_selection_required', {}, twoAccounts],
  [
    'consent is missing',
    'consent_required',
    {},
    async (scene) => {
      await signedIn(scene)
      await change(scene, 'applications', scene.ledger.id, {
        settings: { ...scene.ledger.settings, consent: 'always' },
      })
    },
  ],
  ['two factors are asked for and one is there', 'interaction_required', { acr_values: 'aal2' }, signedIn],
  [
    'two are asked for where nobody can have two',
    'unmet_authentication_requirements',
    { acr_values: 'aal2' },
    async (scene) => {
      await signedIn(scene)
      await scene.setPolicy('login', { secondFactors: [] })
    },
  ],
  [
    'the person was deactivated',
    'access_denied',
    {},
    async (scene) => {
      await signedIn(scene)
      await change(scene, 'users', scene.userId, { state: 'deactivated' })
    },
  ],
]

test.each(stories)('AZ17 never a page: %s: %s', async (_why, error, parameters, happening) => {
  const scene = await createScene()
  await happening(scene)
  expect(clientAnswer(await scene.authorize({ prompt: 'none', state: 's', ...parameters }))).toMatchObject({
    error,
    state: 's',
  })
})

test('AZ17 one of several accounts that is named is no question', async () => {
  const scene = await createScene()
  const { id_token = '' } = await scene.tokens()
  await scene.world.addUser('ann')
  const request = await scene.browser.open(authorizePath('ledger', { prompt: 'select_account' }))
  await scene.browser.post(`/api/login/${request}/restart`, { fresh: true })
  await scene.browser.signIn(request, 'ann@acme.test', PASSWORD)
  expect(clientAnswer(await scene.authorize({ prompt: 'none', id_token_hint: id_token }))).toHaveProperty('code')
})

test('AZ17 prompt=none opens no request and sets no cookie', async () => {
  const { authorize, deps } = await createScene()
  const response = await authorize({ prompt: 'none' })
  expect(response.headers.getSetCookie()).toEqual([])
  expect(await deps.db.query.select().from(deps.db.tables.authRequests)).toEqual([])
})

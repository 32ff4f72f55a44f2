import { expect, test } from 'vitest'
import { cleanUp } from '../jobs/clean-up.ts'
import { type Tokens, tokenRequest } from '../testing/relying-party.ts'
import { createScene, type Scene } from '../testing/scene.ts'

const OFFLINE = { scope: 'openid offline_access' }
const YEAR = 365 * 86_400

/** Everything that an application does once somebody is signed in. */
async function useEverything({ authorize, refresh, userinfo, world, app }: Scene, tokens: Tokens): Promise<number[]> {
  const metadata = ['/oauth/v2/keys', '/.well-known/openid-configuration']
  const responses = [
    await authorize(),
    await refresh(tokens),
    await userinfo(tokens),
    await tokenRequest(world, 'ledger', { grant_type: 'authorization_code', code: 'vc_none' }),
    ...(await Promise.all(metadata.map((path) => app.request(path, { headers: { host: 'localhost:3000' } })))),
  ]
  return responses.map(({ status }) => status)
}

test('S2 no endpoint hashes slowly or asks another server', async () => {
  const scene = await createScene({ application: { settings: { consent: 'never' } } })
  const tokens = await scene.tokens(OFFLINE)
  const done: string[] = []
  const { passwords } = scene.deps
  Object.assign(passwords, {
    verify: async () => done.push('verify') > 0,
    hash: async () => String(done.push('hash')),
  })
  Object.assign(scene.deps, { outbound: async () => done.push('fetch') })
  expect(await useEverything(scene, tokens)).toEqual([302, 200, 200, 400, 200, 200])
  expect(done).toEqual([])
  scene.clock.advance(1)
  await scene.signIn({ prompt: 'login' })
  expect(done, 'a sign-in does').toEqual(['verify'])
})

test('S3 what is over stays until the job comes, whatever is asked for', async () => {
  const scene = await createScene({ application: { settings: { consent: 'never' } } })
  const { deps, clock } = scene
  const { db } = deps
  const count = async () => {
    const { authorizationCodes, accessTokens, refreshTokens, sessions } = db.tables
    const all = [authorizationCodes, accessTokens, refreshTokens, sessions] as (typeof sessions)[]
    return Promise.all(all.map(async (table) => (await db.query.select().from(table)).length))
  }
  const tokens = await scene.tokens(OFFLINE)
  const before = await count()
  expect(before).toEqual([1, 1, 1, 1])
  clock.advance(2 * YEAR)
  expect(await useEverything(scene, tokens)).toEqual([302, 400, 401, 400, 200, 200])
  expect(await count()).toEqual(before)
  await cleanUp(deps)
  expect(await count()).toEqual([0, 0, 0, 0])
})

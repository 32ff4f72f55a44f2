import { expect, test } from 'vitest'
import { basic, postForm, type Tokens } from '../testing/relying-party.ts'
import { createScene } from '../testing/scene.ts'

/** Reads and writes of one request. Where PostgreSQL begins and ends a transaction is the same on each database, and left out. */
async function countStatements(
  work: (scene: Scene) => Response | Promise<Response>,
  prepare: (scene: Scene) => Promise<unknown> = noPreparation,
) {
  const seen: string[] = []
  const scene = await createScene({
    observe: (text) => seen.push(text),
    application: { settings: { consent: 'never' } },
  })
  const prepared = await prepare(scene)
  seen.length = 0
  const response = await work({ ...scene, prepared })
  const verbs = seen
    .map((text) => /^\s*(select|insert|update|delete)\b/i.exec(text)?.[1]?.toLowerCase())
    .filter(Boolean)
  return {
    status: response.status,
    reads: verbs.filter((verb) => verb === 'select').length,
    writes: verbs.filter((verb) => verb !== 'select').length,
  }
}

/** So many of these ask for what hardly ever changes, which SQLite remembers and PostgreSQL reads each time. */
const reads = (all: number, { remembered }: { remembered: number }) =>
  process.env.TEST_DATABASE_URL ? all : all - remembered

type Scene = Awaited<ReturnType<typeof createScene>> & { prepared?: unknown }
const noPreparation = async () => undefined

test('S1 authorize with a live session: two reads, and code, grant and event', async () => {
  const counted = await countStatements(
    (scene) => scene.authorize(),
    (scene) => scene.signIn(),
  )
  expect(counted).toEqual({ status: 302, reads: reads(2, { remembered: 1 }), writes: 3 })
})

test('S1 authorize without a session: one read, and the browser and its request', async () => {
  const counted = await countStatements((scene) => scene.authorize())
  expect(counted).toEqual({ status: 302, reads: 1, writes: 2 })
})

test('S1 token(code): two reads, and code and access token', async () => {
  const counted = await countStatements(
    (scene) => scene.redeem(scene.prepared as string),
    (scene) => scene.signIn(),
  )
  expect(counted).toEqual({ status: 200, reads: reads(2, { remembered: 1 }), writes: 2 })
})

test('S1 token(code): how long the tokens live is read with the application', async () => {
  const counted = await countStatements(
    (scene) => scene.redeem(scene.prepared as string),
    async ({ setPolicy, signIn }) => {
      await setPolicy('tokens', { accessTokenLifetime: 600 }, 'instance')
      await setPolicy('tokens', { accessTokenLifetime: 60 })
      return signIn()
    },
  )
  expect(counted).toEqual({ status: 200, reads: reads(2, { remembered: 1 }), writes: 2 })
})

test('S1 token(refresh): two reads, and the old token, the new one and the access token', async () => {
  const counted = await countStatements(
    (scene) => scene.refresh(scene.prepared as never),
    (scene) => scene.tokens({ scope: 'openid offline_access' }),
  )
  expect(counted).toEqual({ status: 200, reads: reads(2, { remembered: 1 }), writes: 3 })
})

test('S1 userinfo: one read', async () => {
  const counted = await countStatements(
    (scene) => scene.userinfo(scene.prepared as never),
    (scene) => scene.tokens({ scope: 'openid profile email phone' }),
  )
  expect(counted).toEqual({ status: 200, reads: 1, writes: 0 })
})

const form = (path: string, fields: Record<string, string>) => (scene: Scene) =>
  postForm(scene.world, path, fields, { authorization: basic('ledger') })

test('S1 introspection: two reads', async () => {
  const counted = await countStatements(
    (scene) => form('/oauth/v2/introspect', { token: (scene.prepared as Tokens).access_token })(scene),
    (scene) => scene.tokens({ scope: 'openid profile email' }),
  )
  expect(counted).toEqual({ status: 200, reads: reads(2, { remembered: 1 }), writes: 0 })
})

test('S1 introspection of a refresh token: two reads', async () => {
  const counted = await countStatements(
    (scene) => form('/oauth/v2/introspect', { token: (scene.prepared as Tokens).refresh_token! })(scene),
    (scene) => scene.tokens({ scope: 'openid offline_access' }),
  )
  expect(counted).toEqual({ status: 200, reads: reads(2, { remembered: 1 }), writes: 0 })
})

test('S1 revocation: one read, one write', async () => {
  const counted = await countStatements(
    (scene) => form('/oauth/v2/revoke', { token: (scene.prepared as Tokens).access_token })(scene),
    (scene) => scene.tokens(),
  )
  expect(counted).toEqual({ status: 200, reads: reads(1, { remembered: 1 }), writes: 1 })
})

test('S1 client_credentials: one read, and grant and token', async () => {
  const counted = await countStatements(
    form('/oauth/v2/token', { grant_type: 'client_credentials', scope: 'openid' }),
    ({ world }) =>
      world.deps.db.query.update(world.deps.db.tables.applications).set({ grantTypes: ['client_credentials'] }),
  )
  expect(counted).toEqual({ status: 200, reads: 1, writes: 2 })
})

test('S1 client_credentials with JWTs: two reads, once the first one has written the row that all hang on', async () => {
  const ask = form('/oauth/v2/token', { grant_type: 'client_credentials', scope: 'openid' })
  const settings = { consent: 'never', accessTokenFormat: 'jwt' } as never
  const counted = await countStatements(ask, async (scene) => {
    const { applications } = scene.deps.db.tables
    await scene.deps.db.query.update(applications).set({ grantTypes: ['client_credentials'], settings })
    await ask(scene)
  })
  expect(counted).toEqual({ status: 200, reads: reads(2, { remembered: 1 }), writes: 0 })
})

test.each(['/oauth/v2/keys', '/.well-known/openid-configuration', '/healthz'])('S1 %s: nothing', async (path) => {
  const counted = await countStatements((scene) => scene.browser.get(path))
  expect(counted).toEqual({ status: 200, reads: 0, writes: 0 })
})

import { expect, test } from 'vitest'
import { expectProblem } from '../testing/answers.ts'
import { FRAMABLE, routes, routesWhere, SECURITY_HEADERS } from '../testing/routes.ts'
import { createScene } from '../testing/scene.ts'
import { ISSUER } from '../testing/world.ts'

const json = { 'content-type': 'application/json', origin: ISSUER }

test.each(routes)(
  'G6, G14 $key: security headers and caching, whatever the answer',
  async ({ key, method, path, access }) => {
    const { browser } = await createScene()
    const response = await browser.send(path, { method })
    expect(response.status).toBeLessThan(500)
    if (key !== FRAMABLE) expect(Object.fromEntries(response.headers)).toMatchObject(SECURITY_HEADERS)
    if (access.cache !== 'no-store') return
    expect([response.headers.get('cache-control'), response.headers.get('pragma')]).toEqual(['no-store', 'no-cache'])
  },
)

test.each(routes)('G2 $key: another method is answered with 405 and Allow', async ({ path }) => {
  const { browser } = await createScene()
  const allowed = routes.filter((row) => row.path === path).map(({ method }) => method)
  for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'QUERY'].filter((other) => !allowed.includes(other))) {
    const response = await browser.send(path, { method })
    expect([method, response.status]).toEqual([method, 405])
    const stated = response.headers.get('allow')?.split(', ') ?? []
    expect(stated.toSorted()).toEqual([...allowed, ...(allowed.includes('GET') ? ['HEAD'] : []), 'OPTIONS'].toSorted())
    expect(Object.fromEntries(response.headers)).toMatchObject(SECURITY_HEADERS)
  }
})

const writes = routesWhere(({ write }) => write === 'own_origin')
const FOREIGN = ['https://evil.test', 'null', 'http://localhost:3001', `${ISSUER}.evil.test`, `${ISSUER}/`]
const TYPES = ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'text/json', '']

test.each(writes)('$key: only our own pages may call it, with JSON', async ({ method, path }) => {
  const { browser } = await createScene()
  const post = (headers: Record<string, string>) => browser.send(path, { method, headers, body: '{}' })
  for (const origin of FOREIGN) await expectProblem(await post({ ...json, origin }), 403, 'csrf_failed')
  await expectProblem(await post({ 'content-type': 'application/json' }), 403, 'csrf_failed')
  for (const type of TYPES)
    await expectProblem(await post({ origin: ISSUER, 'content-type': type }), 415, 'unsupported_media_type')
})

const BODIES = [
  '{',
  '',
  'null',
  '[]',
  '""',
  '0',
  '{"__proto__":1}',
  '{"session":{}}',
  '{"identifier":[]}',
  '{"a":"\\u0000"}',
  '\0',
]

test.each(writes)('$key: a body that makes no sense is a 4xx, never a 5xx', async ({ method, path }) => {
  const { browser, signIn } = await createScene()
  await signIn()
  for (const body of BODIES) {
    const { status } = await browser.send(path, { method, headers: json, body })
    expect([body, status >= 400 && status < 500]).toEqual([body, true])
  }
})

test.each([
  '/nothing',
  '/api/nothing',
  '/login',
  '/assets/../settings.ts',
  '/assets/%2e%2e%2fapp.ts',
  '/oauth/v2/',
  '/login/%00',
  '/api/login/%00',
  '/%zz',
])('%s is 404, with every header', async (path) => {
  const { browser } = await createScene()
  const response = await browser.get(path)
  expect(response.status).toBe(404)
  expect(Object.fromEntries(response.headers)).toMatchObject({ ...SECURITY_HEADERS, 'cache-control': 'no-store' })
})

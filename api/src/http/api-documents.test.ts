import { managementApi } from '@vestibule/shared/contract/management-api.ts'
import { expect, test } from 'vitest'
import { jsonOf } from '../testing/answers.ts'
import { routesWhere } from '../testing/routes.ts'
import { createWorld } from '../testing/world.ts'

type Operation = { operationId: string; summary?: string; tags?: string[]; description: string; parameters?: object[] }
type Document = { openapi: string; servers: object[]; paths: Record<string, Record<string, Operation>> }

const documentOf = async () => {
  const { app } = await createWorld()
  const response = await app.request('/api/openapi.json', { headers: { host: 'localhost:3000' } })
  return { app, response, document: await jsonOf<Document>(response) }
}
const managed = routesWhere(({ caller }) => caller === 'manager')
const operationsOf = ({ paths }: Document) =>
  Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, ...operation })),
  )

test('the OpenAPI document holds every route of managers, and no other', async () => {
  const { document } = await documentOf()
  expect(document.openapi).toBe('3.1.0')
  const documented = operationsOf(document).map(
    ({ method, path }) => `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`,
  )
  expect(documented.toSorted()).toEqual(managed.map(({ key }) => key).toSorted())
})

test('each operation has a name, a summary, a group and says what it needs; a change may have a name', async () => {
  const { document } = await documentOf()
  const operations = operationsOf(document)
  expect(operations.map(({ operationId }) => operationId).toSorted()).toEqual(Object.keys(managementApi).toSorted())
  for (const { method, path, summary, tags, description, parameters } of operations) {
    expect([path, summary && tags?.length]).toEqual([path, 1])
    expect(description).toMatch(/^Needs the permission [a-z_.]+ on the (organization|instance)\.$/)
    const names = (parameters ?? []).map((parameter) => (parameter as { name: string }).name)
    expect([path, names.includes('Idempotency-Key')]).toEqual([path, method !== 'get'])
  }
})

test('is answered again only when it changed', async () => {
  const { app, response } = await documentOf()
  const headers = { host: 'localhost:3000', 'if-none-match': response.headers.get('etag') ?? '' }
  const again = await app.request('/api/openapi.json', { headers })
  expect([again.status, await again.text()]).toEqual([304, ''])
})

test('the page that reads it out has no script of its own and asks nobody else for one', async () => {
  const { app } = await createWorld()
  const get = (path: string, more = {}) => app.request(path, { headers: { host: 'localhost:3000', ...more } })
  const page = await get('/api/docs')
  const html = await page.text()
  expect(page.headers.get('content-security-policy')).toContain("script-src 'self';")
  expect(html).not.toMatch(/<script>|<style|https?:/)
  const loaded = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path]) => path ?? '')
  expect(loaded).toHaveLength(3)
  for (const path of loaded) {
    const plain = await (await get(path)).text()
    const packed = await get(path, { 'accept-encoding': 'gzip' })
    expect([packed.status, packed.headers.get('content-encoding')]).toEqual([200, 'gzip'])
    const stream = new Blob([await packed.arrayBuffer()]).stream().pipeThrough(new DecompressionStream('gzip'))
    expect(await new Response(stream).text()).toBe(plain)
  }
  for (const name of ['package.json', '..%2fpackage.json', 'index.html', 'toString'])
    expect((await get(`/api/docs/${name}`)).status).toBe(404)
})

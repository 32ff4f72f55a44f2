import { expect, test } from 'vitest'
import { addThings, callOf, MANAGER_KEYS } from '../testing/managed-things.ts'
import { addManager } from '../testing/managers.ts'
import { createWorld } from '../testing/world.ts'

type Schema = {
  type?: string | string[]
  enum?: unknown[]
  const?: unknown
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  anyOf?: Schema[]
  additionalProperties?: Schema | boolean
}
type Answers = { responses: Record<number, { content: Record<string, { schema: Schema }> }> }

const typeOf = (value: unknown): string[] => {
  if (value === null) return ['null']
  if (Array.isArray(value)) return ['array']
  return Number.isInteger(value) ? ['integer', 'number'] : [typeof value]
}

/** What of a value a schema does not say, by its path: enough of JSON Schema for answers, and nothing of ours. */
function faultsOf(schema: Schema, value: unknown, path = ''): string[] {
  if (schema.anyOf)
    return schema.anyOf.some((one) => faultsOf(one, value, path).length === 0) ? [] : [`${path} is none`]
  if (schema.const !== undefined && schema.const !== value) return [`${path} is another value`]
  if (schema.enum && !schema.enum.includes(value)) return [`${path} is no member`]
  const types = [schema.type ?? []].flat()
  if (types.length > 0 && !typeOf(value).some((type) => types.includes(type))) return [`${path} is no ${types}`]
  if (Array.isArray(value)) return value.flatMap((one, at) => faultsOf(schema.items ?? {}, one, `${path}[${at}]`))
  if (typeof value !== 'object' || value === null) return []
  const missing = (schema.required ?? []).filter((name) => !Object.hasOwn(value, name))
  const { properties = {}, additionalProperties: others = false } = schema
  return [
    ...missing.map((name) => `${path}.${name} is missing`),
    ...Object.entries(value).flatMap(([name, member]) => {
      const known = properties[name] ?? (typeof others === 'object' ? others : others ? {} : null)
      return known ? faultsOf(known, member, `${path}.${name}`) : [`${path}.${name} is not in the document`]
    }),
  ]
}

test.each(MANAGER_KEYS)('%s: what is answered is what the document says, refusals too', async (key) => {
  const world = await createWorld()
  const robot = await addManager(world, ['instance_owner'])
  const viewer = await addManager(world, [])
  const standing = await world.addOrganization('standing.test')
  const { db, repositories } = world.deps
  await db.transaction((tx) => repositories.organizations.makeDefault(tx, standing))
  const { method, path, body } = callOf(key, await addThings(world, world.acme))
  const document = (await (await robot.get('/api/openapi.json')).json()) as {
    paths: Record<string, Record<string, Answers>>
  }
  const [, pattern = ''] = key.split(' ')
  const { responses } = document.paths[pattern.replaceAll(/:(\w+)/g, '{$1}')]![method.toLowerCase()]!
  const isKept = async (response: Response) => {
    const [type = ''] = (response.headers.get('content-type') ?? '').split(';')
    const schema = responses[response.status]?.content[type]?.schema
    expect([response.status, schema ? faultsOf(schema, await response.json()) : 'is not documented']).toEqual([
      response.status,
      [],
    ])
  }
  await isKept(await viewer.send(method, path, body))
  const answer = await robot.send(method, path, body)
  expect(answer.status).toBe(200)
  await isKept(answer)
})

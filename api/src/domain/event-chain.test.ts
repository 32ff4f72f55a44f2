import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sealedText } from './event-chain.ts'

const event = {
  id: 'evt_1',
  at: 1000,
  type: 'user.created',
  organizationId: 'org_1',
  actor: null,
  target: 'usr_1',
  person: null,
  data: { b: [{ y: 1, x: 2 }], a: 'x' } as Record<string, unknown>,
}
const sealed = sealedText(event, 7, 'previous')

test.each<[string, Parameters<typeof sealedText>]>([
  ['its place', [event, 8, 'previous']],
  ['the hash before', [event, 7, 'other']],
  ['the id', [{ ...event, id: 'evt_2' }, 7, 'previous']],
  ['the time', [{ ...event, at: 1001 }, 7, 'previous']],
  ['the kind', [{ ...event, type: 'user.changed' }, 7, 'previous']],
  ['the organization', [{ ...event, organizationId: 'org_2' }, 7, 'previous']],
  ['who', [{ ...event, actor: 'usr_1', target: null }, 7, 'previous']],
  ['whom it is about', [{ ...event, person: 'usr_1' }, 7, 'previous']],
  ['the data', [{ ...event, data: { ...event.data, a: 'y' } }, 7, 'previous']],
  ['the order of a list', [{ ...event, data: { ...event.data, b: [] } }, 7, 'previous']],
])('%s is sealed', (_name, changed) => {
  expect(sealedText(...changed)).not.toBe(sealed)
})

test('the order of members is not, because the databases keep it differently', () => {
  expect(sealedText({ ...event, data: { a: 'x', b: [{ x: 2, y: 1 }] } }, 7, 'previous')).toBe(sealed)
})

test('what was sealed before events said whom they are about keeps its text', () => {
  expect(JSON.parse(sealed)).toEqual([
    'previous',
    7,
    'evt_1',
    1000,
    'user.created',
    'org_1',
    null,
    'usr_1',
    expect.anything(),
  ])
})

test('two different data never have one text', () => {
  const values = fc.dictionary(fc.string(), fc.jsonValue())
  const canonical = (value: unknown) => JSON.stringify(value, (_key, member: unknown) => sortedMembers(member))
  fc.assert(
    fc.property(values, values, (one, other) => {
      const texts = [one, other].map((data) => sealedText({ ...event, data }, 1, ''))
      expect(texts[0] === texts[1]).toBe(canonical(one) === canonical(other))
    }),
  )
})

const sortedMembers = (member: unknown) =>
  member !== null && typeof member === 'object' && !Array.isArray(member)
    ? Object.entries(member).toSorted(([a], [b]) => (a < b ? -1 : 1))
    : member

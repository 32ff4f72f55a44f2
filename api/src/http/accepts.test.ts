import { Context } from 'hono'
import { expect, test } from 'vitest'
import { accepts } from './accepts.ts'
import type { Http } from './env.ts'

const asking = (header: string | null): Http =>
  new Context(new Request('https://id.test/', header === null ? {} : { headers: { 'accept-encoding': header } }))

test.each([
  ['gzip, deflate, br', true],
  ['br;q=1.0, GZIP;q=0.5', true],
  [' gzip ', true],
  ['gzip;q=0.001', true],
  ['gzip;q=0', false],
  ['gzip; q=0.000', false],
  ['x-gzip2', false],
  ['identity', false],
  ['', false],
  [null, false],
])('%j takes gzip: %j', (header, taken) => {
  expect(accepts(asking(header), 'gzip')).toBe(taken)
})

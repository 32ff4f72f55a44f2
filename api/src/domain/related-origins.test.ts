import { expect, test } from 'vitest'
import { parseRelatedOrigins } from './related-origins.ts'

test('origins are separated by commas, blanks or both, and each counts once', () => {
  const [shop, club] = ['https://shop.example', 'https://club.example:8443']
  expect(parseRelatedOrigins(`${shop}, ${club} ${shop}`)).toEqual([shop, club])
  expect(parseRelatedOrigins(' ')).toEqual([])
  expect(parseRelatedOrigins('http://localhost:3001')).toEqual(['http://localhost:3001'])
})

test.each([
  'http://shop.example',
  'https://shop.example/',
  'https://shop.example/login',
  'https://*.shop.example',
  'https://ada@shop.example',
  'https://SHOP.example',
  'https://shop.example:443',
  'https://shop.example?a',
  'shop.example',
  'null',
  'javascript:alert(1)',
  'https://shop.example,nothing',
])('%s is no origin', (text) => {
  expect(parseRelatedOrigins(text)).toBeNull()
})

test('there are not more than a browser may have to read', () => {
  const many = (count: number) => Array.from({ length: count }, (_, at) => `https://a${at}.example`).join()
  expect(parseRelatedOrigins(many(20))).toHaveLength(20)
  expect(parseRelatedOrigins(many(21))).toBeNull()
})

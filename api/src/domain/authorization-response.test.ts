import { expect, test } from 'vitest'
import { codeResponse, errorResponse } from './authorization-response.ts'

const target = { redirectUri: 'https://rp.test/cb', state: 's', issuer: 'https://op.test' }

test.each([
  ['query', target.redirectUri, 'https://rp.test/cb?code=c&state=s&iss=https%3A%2F%2Fop.test'],
  ['query', 'https://rp.test/cb?a=%20', 'https://rp.test/cb?a=%20&code=c&state=s&iss=https%3A%2F%2Fop.test'],
  ['fragment', target.redirectUri, 'https://rp.test/cb#code=c&state=s&iss=https%3A%2F%2Fop.test'],
  ['fragment', 'https://rp.test/cb?a=1', 'https://rp.test/cb?a=1#code=c&state=s&iss=https%3A%2F%2Fop.test'],
  ['query', 'com.example.app:/cb', 'com.example.app:/cb?code=c&state=s&iss=https%3A%2F%2Fop.test'],
] as const)('%s to %s', (responseMode, redirectUri, to) => {
  expect(codeResponse({ ...target, responseMode, redirectUri }, 'c')).toEqual({ to })
})

test('form_post leaves the address as it is', () => {
  expect(codeResponse({ ...target, responseMode: 'form_post' }, 'c')).toEqual({
    to: target.redirectUri,
    form: { code: 'c', state: 's', iss: 'https://op.test' },
  })
})

test('an error has no code, and no state where none was sent', () => {
  const { to } = errorResponse({ ...target, state: null, responseMode: 'query' }, 'access_denied')
  expect(to).toBe('https://rp.test/cb?error=access_denied&iss=https%3A%2F%2Fop.test')
})

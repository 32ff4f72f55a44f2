import { describe, expect, test } from 'vitest'
import { DEFAULT_APPLICATION_SETTINGS } from './application.ts'
import { isUsableRedirect } from './redirect-uri.ts'

const settings = DEFAULT_APPLICATION_SETTINGS
const web = { type: 'web', settings } as const
const development = { type: 'web', settings: { ...settings, development: true } } as const
const native = { type: 'native', settings } as const

describe('an address that may be registered', () => {
  test.each([
    ['https://app.test/callback', web],
    ['https://app.test/callback?a=b', web],
    ['http://app.test/callback', development],
    ['http://127.0.0.1/callback', native],
    ['http://[::1]:4321/callback', native],
    ['http://localhost:4321/callback', native],
    ['com.acme.app:/callback', native],
  ] as const)('%s', (uri, application) => {
    expect(isUsableRedirect(uri, application)).toBe(true)
  })
})

describe('an address that may not', () => {
  test.each([
    ['http://app.test/callback', web],
    ['http://app.test/callback', native],
    ['http://localhost/callback', web],
    ['com.acme.app:/callback', web],
    ['acme:/callback', native],
    ['javascript:alert(1)', native],
    ['javascript:alert(1)', development],
    ['data:text/html,x', development],
    ['/callback', development],
    ['https://*.app.test/callback', web],
    ['https://app.test/*', web],
    ['https://app.test/#', web],
    ['https://user@app.test/', web],
    ['https://@app.test/', web],
    ['https:\\\\app.test/', web],
    ['https://app.test/ ', web],
    ['https://app.test/\n', web],
    ['https://äpp.test/', web],
    ['', web],
  ] as const)('%j', (uri, application) => {
    expect(isUsableRedirect(uri, application)).toBe(false)
  })
})

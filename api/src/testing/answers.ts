import { expect } from 'vitest'
import { pageOf } from './browser.ts'
import { REDIRECT_URI } from './world.ts'

/** The address an answer sends the browser to. */
export function locationOf(response: Response): URL {
  expect([302, 303]).toContain(response.status)
  return new URL(response.headers.get('location') ?? '', 'http://localhost:3000')
}

/** What the client is told in the query of its redirect URI. Fails on any other place. */
export function clientAnswer(response: Response): Record<string, string> {
  const url = locationOf(response)
  expect(url.origin + url.pathname).toBe(REDIRECT_URI)
  expect(url.hash).toBe('')
  return Object.fromEntries(url.searchParams)
}

/** Our own page, with this code and nothing that leads away. */
export async function expectErrorPage(response: Response, code: string, status = 400): Promise<void> {
  expect(response.status).toBe(status)
  expect(response.headers.get('location')).toBeNull()
  expect(response.headers.get('content-type')).toMatch(/^text\/html/)
  const page = await pageOf(response)
  expect(page).toMatchObject({ kind: 'error', error: { code, requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) } })
  expect(JSON.stringify(page)).not.toContain('rp.test')
}

/** An error response of the token endpoint (RFC 6749 5.2). */
export async function expectOAuthError(response: Response, status: number, error: string): Promise<void> {
  expect({ status: response.status, ...((await response.json()) as object) }).toMatchObject({ status, error })
  expect(response.headers.get('cache-control')).toBe('no-store')
  expect(response.headers.has('www-authenticate')).toBe(status === 401)
}

export async function jsonOf<T = Record<string, unknown>>(response: Response): Promise<T> {
  expect(response.headers.get('content-type')).toMatch(/^application\/(problem\+)?json/)
  return (await response.json()) as T
}

/** A refusal of our own API. */
export async function expectProblem(response: Response, status: number, code: string): Promise<void> {
  expect({ status: response.status, ...(await jsonOf(response)) }).toMatchObject({ status, code })
  expect(response.headers.get('content-type')).toBe('application/problem+json')
}

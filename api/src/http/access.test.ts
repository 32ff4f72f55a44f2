import { expect, test } from 'vitest'
import { createWorld } from '../testing/world.ts'
import { ACCESS, type Access } from './access.ts'

const rows = Object.entries(ACCESS) as [string, Access][]

test('the router and the access table have the same routes', async () => {
  const { app } = await createWorld()
  // ALL is the closing answer for other methods, OPTIONS the preflight
  const mounted = app.routes.filter(({ method, path }) => !['ALL', 'OPTIONS'].includes(method) && path !== '/*')
  const names = mounted.map(({ method, path }) => `${method} ${path}`)
  expect(names.toSorted()).toEqual(Object.keys(ACCESS).toSorted())
})

test('whatever changes something with a cookie asks for our own origin', () => {
  const changing = rows.filter(([key]) => !key.startsWith('GET '))
  const right = (key: string) => (key.includes(' /api/') ? 'own_origin' : 'protocol')
  for (const [key, { write }] of changing)
    expect([key, write]).toEqual([key, key === 'POST /api/me/avatar' ? 'own_origin_image' : right(key)])
  for (const [key, { write }] of rows.filter(([key]) => key.startsWith('GET ')))
    expect([key, write]).toEqual([key, 'none'])
})

test('whatever shows or changes an account needs somebody signed in', () => {
  for (const [key, { caller, assurance }] of rows.filter(([key]) => key.includes('/api/me')))
    expect([key, caller, assurance.level]).toEqual([key, 'account', 'aal1'])
})

test('whatever managers do names its permission, and wants a fresh proof to change something', () => {
  const managed = rows.filter(([key]) => / \/api\/v1\//.test(key))
  expect(managed.map(([key]) => key)).toEqual(rows.filter(([, { caller }]) => caller === 'manager').map(([key]) => key))
  for (const [key, { needs, assurance, write }] of managed) {
    expect([key, needs?.on]).toEqual([key, key.includes('/:organization') ? 'organization' : 'instance'])
    const isChange = !key.startsWith('GET ')
    expect([key, assurance.maxAge, write]).toEqual([key, isChange ? 300 : null, isChange ? 'own_origin' : 'none'])
    expect([key, needs?.permission.endsWith('.read')]).toEqual([key, !isChange])
  }
  for (const [key, { needs }] of rows.filter(([, { caller }]) => caller !== 'manager'))
    expect([key, needs]).toEqual([key, undefined])
})

test('while an account is about to go one may look who one is, prove it, take everything along, keep the account, or leave', () => {
  const open = rows.filter(([, { duringGrace }]) => duringGrace).map(([key]) => key)
  expect(open).toEqual([
    'GET /api/me',
    'POST /api/me/sign-out',
    'POST /api/me/step-up',
    'GET /api/me/accounts',
    'POST /api/me/switch',
    'POST /api/me/export',
    'POST /api/me/deletion',
    'POST /api/me/deletion/undo',
  ])
})

test('only documents that are the same for everybody may be cached', () => {
  const cached = rows.filter(([, { cache }]) => cache !== 'no-store').map(([key]) => key)
  expect(cached).toEqual([
    'GET /avatars/:file',
    'GET /assets/:file',
    'GET /oauth/v2/keys',
    'GET /.well-known/openid-configuration',
    'GET /.well-known/oauth-authorization-server',
    'GET /.well-known/webauthn',
    'GET /api/openapi.json',
    'GET /api/docs/:file',
  ])
  for (const [key, { bucket, caller }] of rows)
    if (caller === 'browser' || caller === 'account') expect([key, bucket]).not.toEqual([key, 'unlimited'])
})

import { timingSafeEqual } from 'node:crypto'
import type { Database } from 'better-sqlite3'
import { Hono } from 'hono'
import type { Parameters } from './login.ts'
import { createSecret, type createSigner, digest } from './secrets.ts'

type Session = { user_id: string; auth_time: number }
type Code = { session: string; parameters: string }
type Refresh = { session: string; scope: string }
type Issued = {
  access: string
  refresh: string | undefined
  session: Session
  scope: string
  nonce: string | undefined
}

const HOUR = 3600

/** The token endpoint: authorization code and refresh token, one transaction each. */
export function tokenRoutes(database: Database, issuer: string, signer: ReturnType<typeof createSigner>): Hono {
  const client = database.prepare<[string], { id: string; secret: string }>(
    'SELECT id, secret FROM clients WHERE id = ?',
  )
  const consumeCode = database.prepare<[string, number], Code>(
    'UPDATE codes SET used = 1 WHERE hash = ? AND used = 0 AND expires_at > ? RETURNING session, parameters',
  )
  const consumeRefresh = database.prepare<[string, number], Refresh>(
    'UPDATE refresh_tokens SET used = 1 WHERE hash = ? AND used = 0 AND expires_at > ? RETURNING session, scope',
  )
  const session = database.prepare<[string], Session>(
    'SELECT user_id, auth_time FROM sessions JOIN users ON users.id = user_id WHERE hash = +?',
  )
  const insertAccess = database.prepare('INSERT INTO access_tokens VALUES (?, ?, ?, ?)')
  const insertRefresh = database.prepare('INSERT INTO refresh_tokens VALUES (?, ?, ?, 0, ?)')

  const issue = (sessionHash: string, scope: string, nonce?: string): Issued | null => {
    const live = session.get(sessionHash)
    if (!live) return null
    const access = createSecret()
    insertAccess.run(digest(access), sessionHash, scope, Date.now() + HOUR * 1000)
    const refresh = scope.includes('offline_access') ? createSecret() : undefined
    if (refresh) insertRefresh.run(digest(refresh), sessionHash, scope, Date.now() + 30 * 24 * HOUR * 1000)
    return { access, refresh, session: live, scope, nonce }
  }
  const byCode = database.transaction((body: URLSearchParams, clientId: string): Issued | null => {
    const row = consumeCode.get(digest(body.get('code') ?? ''), Date.now())
    if (!row) return null
    const parameters: Parameters = JSON.parse(row.parameters)
    const proven = digest(body.get('code_verifier') ?? '') === parameters.challenge
    if (!proven || parameters.redirectUri !== body.get('redirect_uri') || parameters.clientId !== clientId) return null
    return issue(row.session, parameters.scope, parameters.nonce)
  })
  const byRefreshToken = database.transaction((body: URLSearchParams): Issued | null => {
    const row = consumeRefresh.get(digest(body.get('refresh_token') ?? ''), Date.now())
    return row ? issue(row.session, row.scope) : null
  })

  return new Hono().post('/token', async (c) => {
    const [id = '', secret = ''] = Buffer.from(c.req.header('authorization')?.slice(6) ?? '', 'base64')
      .toString()
      .split(':')
    const known = client.get(id)
    const proven = known && timingSafeEqual(Buffer.from(digest(secret)), Buffer.from(known.secret))
    if (!proven) return c.json({ error: 'invalid_client' }, 401)

    const body = new URLSearchParams(await c.req.text())
    const issued = body.get('grant_type') === 'refresh_token' ? byRefreshToken(body) : byCode(body, known.id)
    if (!issued) return c.json({ error: 'invalid_grant' }, 400)

    const now = Math.floor(Date.now() / 1000)
    const { access, refresh, session, scope, nonce } = issued
    const times = { iat: now, exp: now + HOUR, auth_time: Math.floor(session.auth_time / 1000) }
    const idToken = signer.sign({ iss: issuer, sub: session.user_id, aud: known.id, nonce, ...times })
    c.header('cache-control', 'no-store')
    return c.json({
      access_token: access,
      token_type: 'Bearer',
      expires_in: HOUR,
      scope,
      refresh_token: refresh,
      id_token: idToken,
    })
  })
}

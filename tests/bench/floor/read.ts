import type { Database } from 'better-sqlite3'
import { Hono } from 'hono'
import { digest } from './secrets.ts'

type User = { id: string; username: string; email: string; given_name: string; family_name: string }

/** Userinfo by one joined read; metadata and keys as prepared bytes. */
export function readRoutes(database: Database, issuer: string, publicJwk: unknown): Hono {
  const owner = database.prepare<[string, number], User>(
    `SELECT users.id, username, email, given_name, family_name FROM access_tokens
     JOIN sessions ON sessions.hash = session JOIN users ON users.id = sessions.user_id
     WHERE access_tokens.hash = +? AND access_tokens.expires_at > ?`,
  )
  const json = { 'content-type': 'application/json' }
  const keys = JSON.stringify({ keys: [publicJwk] })
  const metadata = JSON.stringify({
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    userinfo_endpoint: `${issuer}/userinfo`,
    jwks_uri: `${issuer}/jwks`,
    scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
    response_types_supported: ['code'],
    grant_types_supported: ['authorization_code', 'refresh_token'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['ES256'],
    token_endpoint_auth_methods_supported: ['client_secret_basic'],
    code_challenge_methods_supported: ['S256'],
    authorization_response_iss_parameter_supported: true,
    claims_supported: ['sub', 'name', 'given_name', 'family_name', 'preferred_username', 'email', 'email_verified'],
  })

  return new Hono()
    .get('/userinfo', (c) => {
      const row = owner.get(digest(c.req.header('authorization')?.slice(7) ?? ''), Date.now())
      if (!row) return c.body(null, 401, { 'www-authenticate': 'Bearer error="invalid_token"' })
      return c.json({
        sub: row.id,
        name: `${row.given_name} ${row.family_name}`,
        given_name: row.given_name,
        family_name: row.family_name,
        preferred_username: row.username,
        email: row.email,
        email_verified: true,
      })
    })
    .get('/.well-known/openid-configuration', (c) => c.body(metadata, 200, json))
    .get('/jwks', (c) => c.body(keys, 200, json))
}

import { verify } from '@node-rs/argon2'
import type { Database } from 'better-sqlite3'
import { type Context, Hono } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { createSecret, digest } from './secrets.ts'

export type Parameters = {
  clientId: string
  redirectUri: string
  scope: string
  state: string
  nonce: string
  challenge: string
}

/** The authorization endpoint and the login page. */
export function loginRoutes(database: Database, issuer: string): Hono {
  const client = database.prepare<[string], { redirect_uri: string }>('SELECT redirect_uri FROM clients WHERE id = ?')
  const session = database.prepare<[string, number], { hash: string }>(
    'SELECT hash FROM sessions JOIN users ON users.id = user_id WHERE hash = +? AND expires_at > ?',
  )
  const insertRequest = database.prepare('INSERT INTO requests VALUES (?, ?, ?)')
  const request = database.prepare<[string, number], { parameters: string }>(
    'SELECT parameters FROM requests WHERE id = ? AND expires_at > ?',
  )
  const deleteRequest = database.prepare('DELETE FROM requests WHERE id = ?')
  const user = database.prepare<[string], { id: string; password: string }>(
    'SELECT id, password FROM users WHERE username = ?',
  )
  const insertSession = database.prepare('INSERT INTO sessions VALUES (?, ?, ?, ?)')
  const insertCode = database.prepare('INSERT INTO codes VALUES (?, ?, ?, 0, ?)')

  const issueCode = (sessionHash: string, parameters: Parameters): string => {
    const code = createSecret()
    insertCode.run(digest(code), sessionHash, JSON.stringify(parameters), Date.now() + 60_000)
    return `${parameters.redirectUri}?${new URLSearchParams({ code, state: parameters.state, iss: issuer })}`
  }
  const signIn = database.transaction((id: string, userId: string, secret: string, parameters: Parameters) => {
    insertSession.run(digest(secret), userId, Date.now(), Date.now() + 86_400_000)
    deleteRequest.run(id)
    return issueCode(digest(secret), parameters)
  })
  const find = (id: string): Parameters | null => {
    const row = request.get(id, Date.now())
    return row ? JSON.parse(row.parameters) : null
  }

  return new Hono()
    .get('/authorize', (c) => {
      const parameters = readParameters(c)
      const known = client.get(parameters.clientId)
      if (!known || known.redirect_uri !== parameters.redirectUri || !parameters.challenge)
        return c.text('invalid_request', 400)
      const cookie = getCookie(c, 'session')
      const live = cookie && !c.req.query('prompt') ? session.get(digest(cookie), Date.now()) : undefined
      if (live) return c.redirect(issueCode(live.hash, parameters))
      const id = createSecret()
      insertRequest.run(id, JSON.stringify(parameters), Date.now() + 3_600_000)
      return c.redirect(`/login/${id}`)
    })
    .get('/login/:id', (c) => (find(c.req.param('id')) ? c.html(form(c.req.param('id'))) : c.notFound()))
    .post('/login/:id', async (c) => {
      const id = c.req.param('id')
      const parameters = find(id)
      if (!parameters) return c.notFound()
      const body = new URLSearchParams(await c.req.text())
      const row = user.get(body.get('identifier') ?? '')
      if (!row || !(await verify(row.password, body.get('password') ?? ''))) return c.text('wrong', 401)
      const secret = createSecret()
      const location = signIn(id, row.id, secret, parameters)
      setCookie(c, 'session', secret, { path: '/', httpOnly: true, sameSite: 'Lax' })
      return c.redirect(location)
    })
}

function readParameters(c: Context): Parameters {
  const query = c.req.query()
  return {
    clientId: query.client_id ?? '',
    redirectUri: query.redirect_uri ?? '',
    scope: query.scope ?? '',
    state: query.state ?? '',
    nonce: query.nonce ?? '',
    challenge: query.code_challenge_method === 'S256' ? (query.code_challenge ?? '') : '',
  }
}

const form = (id: string) => `<!doctype html>
<html lang="en">
  <head><meta charset="utf-8"><title>Sign in</title><link rel="stylesheet" href="/assets/login.css"></head>
  <body>
    <form method="post" action="/login/${id}">
      <label>User name <input name="identifier" autocomplete="username" required></label>
      <label>Password <input name="password" type="password" autocomplete="current-password" required></label>
      <button>Continue</button>
    </form>
  </body>
</html>`

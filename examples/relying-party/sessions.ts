import { randomBytes } from 'node:crypto'
import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { Pending, SignedIn } from './client.ts'

/** One browser: the sign-ins it has begun, a tab each, by `state`, and who is signed in. */
interface Session {
  readonly pending: Map<string, Pending>
  signedIn: SignedIn | undefined
  refreshing: Promise<SignedIn> | undefined
}

/** Who is signed in, without tokens: what a page may show. */
export type Visitor = ReturnType<typeof visitor>
export const visitor = ({ claims, userInfo, scope, refreshToken }: SignedIn) => ({
  claims,
  userInfo,
  scope,
  isConnected: refreshToken !== undefined,
})

const MOST_SESSIONS = 1000
const MOST_PENDING = 5

/**
 * Sessions in memory, behind an opaque HttpOnly cookie: access and refresh tokens never reach the browser. Whoever was
 * not seen for the longest time is forgotten first. A real application keeps them in its database.
 */
export function createSessions(secure: boolean) {
  const sessions = new Map<string, Session>()
  const cookie = secure ? '__Host-ledger' : 'ledger'

  function start(c: Context): Session {
    const session: Session = { pending: new Map(), signedIn: undefined, refreshing: undefined }
    const id = randomBytes(32).toString('base64url')
    sessions.set(id, session)
    dropOldest(sessions, MOST_SESSIONS)
    setCookie(c, cookie, id, { httpOnly: true, sameSite: 'Lax', secure, path: '/' })
    return session
  }

  function find(c: Context): Session | undefined {
    const id = getCookie(c, cookie) ?? ''
    const session = sessions.get(id)
    if (session && sessions.delete(id)) sessions.set(id, session) // now the one seen last
    return session
  }

  function end(c: Context) {
    sessions.delete(getCookie(c, cookie) ?? '')
    deleteCookie(c, cookie, { secure, path: '/' })
  }

  return {
    find,
    end,
    remember(c: Context, pending: Pending) {
      const session = find(c) ?? start(c)
      session.pending.set(pending.state, pending)
      dropOldest(session.pending, MOST_PENDING)
    },
    /** Each sign-in comes back once: what was remembered is handed out and forgotten. */
    takePending(c: Context): Pending | undefined {
      const session = find(c)
      const pending = session?.pending.get(c.req.query('state') ?? '')
      if (pending) session?.pending.delete(pending.state)
      return pending
    },
    /** A new id for the signed-in session, so that one known from before is worth nothing (session fixation). */
    signIn(c: Context, signedIn: SignedIn) {
      const others = find(c)?.pending ?? []
      sessions.delete(getCookie(c, cookie) ?? '')
      const session = start(c)
      for (const [state, pending] of others) session.pending.set(state, pending)
      session.signedIn = signedIn
    },
  }
}

function dropOldest(map: Map<string, unknown>, most: number) {
  for (const key of map.keys()) {
    if (map.size <= most) return
    map.delete(key)
  }
}

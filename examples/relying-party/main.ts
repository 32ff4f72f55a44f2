/**
 * Ledger, the demo application: `CLIENT_ID=... CLIENT_SECRET=... node examples/relying-party/main.ts`.
 * ISSUER is the provider, PUBLIC_URL the address people use; register there `/callback` as redirect URI and `/signed-out`
 * as post-logout redirect URI. `client.ts` is the part worth copying.
 */
import { readFileSync } from 'node:fs'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { csrf } from 'hono/csrf'
import { HTTPException } from 'hono/http-exception'
import { secureHeaders } from 'hono/secure-headers'
import { createClient } from './client.ts'
import { explain, UnexpectedReturn } from './explain.ts'
import { account, nothingHere, problem, signedOut, welcome } from './pages.ts'
import { createSessions, visitor } from './sessions.ts'
import { readSettings } from './settings.ts'
import { CREATE, PLAIN, waysToSignIn } from './ways.ts'

const settings = settingsOrExit()
const { issuer } = settings.client
const client = createClient(settings.client)
const sessions = createSessions(settings.publicUrl.protocol === 'https:')
const ways = waysToSignIn(settings.otherOrganization)
const style = readFileSync(new URL('./ledger.css', import.meta.url), 'utf8')

const app = new Hono()
app.use(csrf({ origin: settings.publicUrl.origin }))
app.use(
  secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      styleSrc: ["'self'"],
      imgSrc: ['data:'],
      formAction: ["'self'", issuer.origin], // signing out is a form that ends at the provider
      baseUri: ["'none'"],
      frameAncestors: ["'none'"],
    },
  }),
)
app.use(async (c, next) => {
  await next()
  c.header('Cache-Control', 'no-store')
})

app.get('/', (c) => {
  const signedIn = sessions.find(c)?.signedIn
  return c.html(
    signedIn ? account(issuer, visitor(signedIn), ways) : welcome(issuer, { plain: PLAIN, create: CREATE }, ways),
  )
})

app.get('/sign-in/:way', async (c) => {
  const way = [PLAIN, ...ways].find(({ name }) => name === c.req.param('way'))
  if (!way) return c.notFound()
  const { url, pending } = await client.begin(way.parameters)
  sessions.remember(c, pending)
  return c.redirect(url)
})

app.get('/callback', async (c) => {
  const pending = sessions.takePending(c)
  if (!pending) throw new UnexpectedReturn()
  sessions.signIn(c, await client.finish(new URL(c.req.url).search, pending))
  return c.redirect('/')
})

app.post('/refresh', async (c) => {
  const session = sessions.find(c)
  if (!session?.signedIn) return c.redirect('/', 303)
  // A refresh token works once. Two tabs share one request, or the provider would take the second for a thief.
  session.refreshing ??= client.refresh(session.signedIn).finally(() => {
    session.refreshing = undefined
  })
  try {
    session.signedIn = await session.refreshing
  } catch (error) {
    if (explain(error).code === 'invalid_grant') sessions.end(c) // the provider has taken back what it granted
    throw error
  }
  return c.redirect('/', 303)
})

app.post('/sign-out', async (c) => {
  const signedIn = sessions.find(c)?.signedIn
  sessions.end(c)
  return c.redirect(signedIn ? await client.signOutUrl(signedIn.idToken) : '/', 303)
})

app.get('/signed-out', (c) => c.html(signedOut()))
app.get('/ledger.css', (c) => c.body(style, 200, { 'Content-Type': 'text/css; charset=utf-8' }))
app.notFound((c) => c.html(nothingHere(), 404))
app.onError((error, c) => {
  if (error instanceof HTTPException) return error.getResponse()
  const explanation = explain(error)
  console.error(`${c.req.method} ${c.req.path}: ${explanation.code}`, explanation.code === 'server_error' ? error : '')
  return c.html(problem(explanation), explanation.status)
})

const server = serve({ fetch: app.fetch, port: settings.port, hostname: process.env.HOST ?? '127.0.0.1' }, () =>
  console.log(`Ledger, the demo application: ${settings.publicUrl.origin}`),
)
server.on('error', (error) => {
  console.error(`Ledger can not listen on port ${settings.port}: ${error.message}`)
  process.exitCode = 1
})

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop)

/** Lets running requests finish, for two seconds at most. A second signal changes nothing. */
function stop() {
  server.close()
  if ('closeAllConnections' in server) setTimeout(() => server.closeAllConnections(), 2000).unref()
}

function settingsOrExit() {
  try {
    return readSettings(process.env)
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exit(2)
  }
}

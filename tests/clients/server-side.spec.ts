import type { IncomingMessage, ServerResponse } from 'node:http'
import { Auth } from '@auth/core'
import { expect, test } from '@playwright/test'
import express from 'express'
import openidConnect from 'express-openid-connect'
import session from 'express-session'
import passport from 'passport'
import Strategy, { type Profile } from 'passport-openidconnect'
import { signIn } from '../flows/sign-in.ts'
import { configuration } from '../support/configuration.ts'
import { type Host, startHost } from '../support/host.ts'
import { ada, SECRET } from '../support/people.ts'
import { register } from '../support/register.ts'
import { type Server, startServer } from '../support/server.ts'

/** Applications on this machine are told of a sign-out, so requests to it are allowed. */
let server: Server
let host: Host | undefined
test.beforeAll(async () => {
  server = await startServer(configuration('http://127.0.0.1:1'), { LOOPBACK_REQUESTS: 'on' })
})
test.afterEach(() => host?.close())
test.afterAll(() => server.stop())

const SESSION_SECRET = 'a secret of the tests for cookies of applications'

test('express-openid-connect signs in, and once it was told of the sign-out from server to server it asks again', async ({
  page,
}) => {
  const store = new session.MemoryStore()
  host = await startHost((baseURL) => {
    const app = express()
    app.use(
      openidConnect.auth({
        issuerBaseURL: server.origin,
        baseURL,
        clientID: 'warehouse',
        clientSecret: SECRET,
        secret: SESSION_SECRET,
        idTokenSigningAlg: 'ES256',
        authorizationParams: { response_type: 'code', scope: 'openid profile email' },
        session: { store: store as never },
        backchannelLogout: true,
      }),
    )
    app.get('/', (request, response) => void response.send(`<h1>Hello ${request.oidc.user?.email}</h1>`))
    return app
  })
  const settings = {
    idTokenAlgorithm: 'ES256',
    userInfoInIdToken: true,
    backchannelLogoutUri: `${host.origin}/backchannel-logout`,
  }
  await register(server, { clientId: 'warehouse', redirectUris: [`${host.origin}/callback`], settings })

  const heading = page.getByRole('heading', { level: 1 })
  await page.goto(host.origin)
  await signIn(page, ada)
  await expect(heading).toHaveText(`Hello ${ada.email}`)

  await page.goto(`${server.origin}/oidc/v1/end_session`)
  await page.getByRole('button', { name: 'Sign out' }).click()
  await expect(heading).toHaveText('You’re signed out')
  // the application lets nobody in by the session that is over
  await expect(async () => {
    await page.goto(host!.origin)
    await expect(page).toHaveURL((at) => at.origin === server.origin, { timeout: 500 })
  }).toPass()
})

test('passport-openidconnect signs in', async ({ page }) => {
  host = await startHost((origin) => {
    const own = new passport.Passport()
    const options = {
      issuer: server.origin,
      authorizationURL: `${server.origin}/oauth/v2/authorize`,
      tokenURL: `${server.origin}/oauth/v2/token`,
      userInfoURL: `${server.origin}/oidc/v1/userinfo`,
      clientID: 'archive',
      clientSecret: SECRET,
      callbackURL: `${origin}/callback`,
      scope: ['profile', 'email'],
      skipUserProfile: false,
    }
    own.use(new Strategy(options, (_issuer, profile, done) => done(null, profile)))
    own.serializeUser((user, done) => done(null, user))
    own.deserializeUser((user, done) => done(null, user as Express.User))
    const app = express()
    app.use(session({ secret: SESSION_SECRET, resave: false, saveUninitialized: false }))
    app.use(own.session())
    app.get('/', own.authenticate('openidconnect'))
    app.get('/callback', own.authenticate('openidconnect', { failureRedirect: '/failed' }), (request, response) => {
      const { displayName, emails } = request.user as Profile
      response.send(`<h1>Hello ${displayName} ${emails?.[0]?.value}</h1>`)
    })
    return app
  })
  const settings = { authenticationMethod: 'client_secret_post' }
  await register(server, { clientId: 'archive', redirectUris: [`${host.origin}/callback`], settings })
  await page.goto(host.origin)
  await signIn(page, ada)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Hello ${ada.name} ${ada.email}`)
})

/** Auth.js speaks the requests of the Fetch standard. */
async function answer(origin: string, incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk as Buffer)
  const { method = 'GET', url = '/' } = incoming
  const headers = new Headers(incoming.headers as Record<string, string>)
  const body = method === 'GET' ? {} : { body: Buffer.concat(chunks) }
  const {
    status,
    headers: told,
    ...answered
  } = await ask(new Request(new URL(url, origin), { method, headers, ...body }))
  response.writeHead(status, [...told].flat()).end(answered.body)
}

async function ask(request: Request) {
  const client = { issuer: server.origin, clientId: 'journal', clientSecret: SECRET }
  const response = await Auth(request, {
    basePath: '/auth',
    trustHost: true,
    secret: SESSION_SECRET,
    providers: [{ id: 'vestibule', name: 'Vestibule', type: 'oidc', ...client }],
  })
  return { status: response.status, headers: response.headers, body: Buffer.from(await response.arrayBuffer()) }
}

test('Auth.js signs in', async ({ page }) => {
  host = await startHost((origin) => (incoming, response) => void answer(origin, incoming, response))
  const redirectUris = [`${host.origin}/auth/callback/vestibule`]
  // this library reads people from the ID token
  await register(server, { clientId: 'journal', redirectUris, settings: { userInfoInIdToken: true } })
  await page.goto(`${host.origin}/auth/signin`)
  await page.getByRole('button', { name: /Vestibule/ }).click()
  await signIn(page, ada)
  await expect(page).toHaveURL((at) => at.origin === host!.origin)
  const told = await page.request.get(`${host.origin}/auth/session`)
  expect(await told.json()).toMatchObject({ user: { name: ada.name, email: ada.email } })
})

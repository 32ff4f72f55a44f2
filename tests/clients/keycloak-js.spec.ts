import fs from 'node:fs'
import type http from 'node:http'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import type { Page } from '@playwright/test'
import type Keycloak from 'keycloak-js'
import { signIn } from '../flows/sign-in.ts'
import { type Host, startHost } from '../support/host.ts'
import { ada } from '../support/people.ts'
import { register } from '../support/register.ts'
import { expect, test } from '../support/test.ts'
import type { World } from '../support/world.ts'

const LIBRARY = fileURLToPath(import.meta.resolve('keycloak-js'))
/** Below it the application's own server hands on what the library asks with credentials. */
const PROXIED = '/vestibule'

/** The page of the application: signs in at once, and says who came. */
const page = (issuer: string, origin: string, scope: string) => `<!doctype html>
<html lang="en"><meta charset="utf-8"><link rel="icon" href="data:,"><title>Gallery</title><h1>Gallery</h1>
<script type="module">
  import Keycloak from '/keycloak.js'
  const oidcProvider = {
    authorization_endpoint: '${issuer}/oauth/v2/authorize',
    end_session_endpoint: '${issuer}/oidc/v1/end_session',
    token_endpoint: '${origin}${PROXIED}/oauth/v2/token',
    userinfo_endpoint: '${origin}${PROXIED}/oidc/v1/userinfo',
  }
  globalThis.keycloak = new Keycloak({ clientId: 'gallery', oidcProvider })
  await keycloak.init({ onLoad: 'login-required', checkLoginIframe: false, scope: '${scope}' })
  document.querySelector('h1').textContent = 'Hello ' + (await keycloak.loadUserInfo()).email
</script>`

/** What the proxy changes of bodies on their way. */
type Rewrite = { toClient: (json: string) => string; toProvider: (form: string) => string }
const PLAIN: Rewrite = { toClient: (json) => json, toProvider: (form) => form }
/** keycloak-js reads the refresh token as a JWT, which no provider promises: it is given one, that says nothing. */
const DRESSED: Rewrite = {
  toClient: (json) => json.replace(/"refresh_token":"[^"]+/, '$&.e30'),
  toProvider: (form) => form.replace('.e30', ''),
}

let host: Host | undefined
test.afterEach(() => host?.close())

/** The application as its own server has it, until the test is over. */
async function startGallery(world: World, { scope, rewrite }: { scope: string; rewrite: Rewrite }) {
  host = await startHost((origin) => {
    async function forward(incoming: http.IncomingMessage, outgoing: http.ServerResponse) {
      const { method = 'GET', url = '', headers } = incoming
      const { host: _, connection: __, 'content-length': ___, ...kept } = headers
      const body = method === 'GET' ? {} : { body: rewrite.toProvider(await text(incoming)) }
      const answer = await fetch(world.origin + url.slice(PROXIED.length), {
        method,
        headers: kept as Record<string, string>,
        ...body,
      })
      const type = answer.headers.get('content-type') ?? ''
      outgoing.writeHead(answer.status, { 'content-type': type }).end(rewrite.toClient(await answer.text()))
    }
    return (incoming, outgoing) => {
      const { pathname } = new URL(incoming.url ?? '/', origin)
      const send = (type: string, content: string) => outgoing.setHeader('content-type', type).end(content)
      if (pathname.startsWith(`${PROXIED}/`)) void forward(incoming, outgoing)
      else if (pathname === '/keycloak.js') send('text/javascript', fs.readFileSync(LIBRARY, 'utf8'))
      else if (pathname === '/signed-out') send('text/html', '<h1>Signed out of the gallery</h1>')
      else send('text/html', page(world.origin, origin, scope))
    }
  })
  await register(world, {
    clientId: 'gallery',
    type: 'spa',
    redirectUris: [`${host.origin}/`],
    postLogoutRedirectUris: [`${host.origin}/signed-out`],
    settings: { accessTokenFormat: 'jwt', idTokenAlgorithm: 'ES256' },
  })
  return host.origin
}

const heading = (at: Page) => at.getByRole('heading', { level: 1 })

type Gallery = { keycloak: Keycloak }

test('keycloak-js signs in with its token endpoint below its own origin, renews its tokens, and signs out', async ({
  page,
  world,
}) => {
  const origin = await startGallery(world, { scope: 'openid email', rewrite: PLAIN })
  const asked = page.waitForRequest((request) => request.url().startsWith(`${world.origin}/oauth/v2/authorize`))
  await page.goto(origin)
  await signIn(page, ada)
  await expect(heading(page)).toHaveText(`Hello ${ada.email}`)
  const query = new URL((await asked).url()).searchParams
  expect(query.get('code_challenge_method')).toBe('S256')
  const claims = await page.evaluate(() => (globalThis as unknown as Gallery).keycloak.idTokenParsed)
  expect(claims).toMatchObject({ iss: world.origin, aud: 'gallery', nonce: query.get('nonce') })

  // no refresh token: its tokens are renewed by a visit that shows no page
  const token = () => page.evaluate(() => (globalThis as unknown as Gallery).keycloak.token ?? '')
  const first = await token()
  await page.evaluate(() => void (globalThis as unknown as Gallery).keycloak.login({ prompt: 'none' }))
  await expect(async () => expect(['', first]).not.toContain(await token())).toPass()
  await expect(heading(page)).toHaveText(`Hello ${ada.email}`)

  await page.evaluate(
    (redirectUri) => void (globalThis as unknown as Gallery).keycloak.logout({ redirectUri }),
    `${origin}/signed-out`,
  )
  await expect(heading(page)).toHaveText('Signed out of the gallery')
  await page.goto(origin)
  await expect(page).toHaveURL((at) => at.origin === world.origin)
})

test('keycloak-js refreshes by updateToken where its proxy dresses the refresh token as a JWT', async ({
  page,
  world,
}) => {
  const origin = await startGallery(world, { scope: 'openid email offline_access', rewrite: DRESSED })
  await page.goto(origin)
  await signIn(page, ada)
  await expect(heading(page)).toHaveText(`Hello ${ada.email}`)
  const { first, second, subject } = await page.evaluate(async () => {
    const { keycloak } = globalThis as unknown as Gallery
    const tokens = () => [keycloak.token, keycloak.refreshToken, keycloak.idToken]
    const first = tokens()
    await keycloak.updateToken(-1)
    return { first, second: tokens(), subject: keycloak.idTokenParsed?.sub === keycloak.subject }
  })
  expect(subject).toBe(true)
  for (const [at, token] of second.entries()) expect(token).not.toBe(first[at])
})

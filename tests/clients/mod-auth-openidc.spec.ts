import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { findApache } from '../../scripts/other-clients.ts'
import { signIn } from '../flows/sign-in.ts'
import { type Child, freePort, serve } from '../support/child.ts'
import { configuration } from '../support/configuration.ts'
import { ada, SECRET } from '../support/people.ts'
import { register } from '../support/register.ts'
import { type Server, startServer } from '../support/server.ts'

const CLIENT = path.join(import.meta.dirname, 'mod-auth-openidc')
const apache = findApache()

// where there is no Apache, the line before the tests says so
if (apache) {
  const { program, modules } = apache
  let folder: string
  let server: Server
  let club: Child
  let origin: string

  test.beforeAll(async () => {
    // applications on this machine are told of a sign-out, so requests to it are allowed
    server = await startServer(configuration('http://127.0.0.1:1'), { LOOPBACK_REQUESTS: 'on' })
    const port = await freePort()
    origin = `http://127.0.0.1:${port}`
    const callback = `${origin}/members/callback`
    await register(server, {
      clientId: 'club',
      redirectUris: [callback],
      postLogoutRedirectUris: [`${origin}/`],
      settings: { idTokenAlgorithm: 'ES256', backchannelLogoutUri: `${callback}?logout=backchannel` },
    })
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'apache-'))
    // started by root it runs as somebody else, who has to read its pages
    fs.chmodSync(folder, 0o755)
    fs.cpSync(path.join(CLIENT, 'pages'), path.join(folder, 'pages'), { recursive: true })
    const env = {
      FOLDER: folder,
      MODULES: modules,
      PORT: `${port}`,
      ISSUER: server.origin,
      CLIENT_ID: 'club',
      CLIENT_SECRET: SECRET,
    }
    // one process, which does not go to the background
    club = await serve({ command: program, args: ['-X', '-f', path.join(CLIENT, 'apache.conf')], env }, origin)
  })
  test.afterAll(async () => {
    await club?.stop()
    await server?.stop()
    fs.rmSync(folder, { recursive: true, force: true })
  })

  const heading = (page: Page) => page.getByRole('heading', { level: 1 })

  async function enter(page: Page): Promise<void> {
    await page.goto(`${origin}/members/`)
    await signIn(page, ada)
    await expect(heading(page)).toHaveText(`Hello ${ada.email}`)
  }

  test('Apache’s mod_auth_openidc signs in with PKCE, and signs out here too', async ({ page }) => {
    const asked = page.waitForRequest((request) => request.url().startsWith(`${server.origin}/oauth/v2/authorize`))
    await enter(page)
    expect(new URL((await asked).url()).searchParams.get('code_challenge_method')).toBe('S256')
    await page.goto(`${origin}/members/callback?logout=${encodeURIComponent(`${origin}/`)}`)
    await expect(page).toHaveURL(`${origin}/`)
    await expect(heading(page)).toHaveText('Not a member')
    // neither it nor we let anybody in by what is over
    await page.goto(`${origin}/members/`)
    await expect(page).toHaveURL((at) => at.origin === server.origin)
  })

  test('Apache’s mod_auth_openidc is told of a sign-out from server to server, and asks again', async ({ page }) => {
    await enter(page)
    await page.goto(`${server.origin}/oidc/v1/end_session`)
    await page.getByRole('button', { name: 'Sign out' }).click()
    await expect(heading(page)).toHaveText('You’re signed out')
    await expect(async () => {
      await page.goto(`${origin}/members/`)
      await expect(page).toHaveURL((at) => at.origin === server.origin, { timeout: 500 })
    }).toPass()
  })
}

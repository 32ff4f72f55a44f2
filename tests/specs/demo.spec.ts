import { freePort, serve } from '../support/child.ts'
import { consentScreen } from '../screens/consent.ts'
import { enterPassword, identify } from '../flows/sign-in.ts'
import { startServer } from '../support/server.ts'
import { expect, test } from '../support/test.ts'

/** `    ada@acme.test          a password          Acme`, as the first lines of the server list them. */
const ACCOUNT = /^ {4}(\S+@\S+) {2,}(.+?) {2,}(.+)$/gm

test('the demo application is registered already: its accounts sign in, stay connected and sign out', async ({ page }) => {
  const port = await freePort()
  const demo = `http://localhost:${port}`
  const server = await startServer(undefined, { DEMO: 'on', DEMO_URL: demo })
  const ledger = await serve(
    {
      args: ['examples/relying-party/main.ts'],
      env: { CLIENT_ID: 'ledger', ISSUER: server.origin, PORT: String(port), PUBLIC_URL: demo },
    },
    demo,
  )
  const accounts = [...server.output().matchAll(ACCOUNT)].map(([, name = '', password = '']) => ({ name, password }))
  expect(accounts.length).toBeGreaterThanOrEqual(2)
  const [first] = accounts

  await page.goto(demo)
  await page.getByRole('link', { name: 'Sign in', exact: true }).click()
  await identify(page, first?.name ?? '')
  await enterPassword(page, first?.password)
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Hello, ')

  await page.getByRole('link', { name: 'Sign in and stay connected' }).click()
  await consentScreen(page).allow.click()
  await page.getByRole('button', { name: 'Refresh tokens' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Hello, ')
  await page.getByRole('button', { name: 'Sign out' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('You are signed out')
  await ledger.stop()
  await server.stop()
})

test('the demo shows the sign-in page in the look of another organization', async ({ page }) => {
  const port = await freePort()
  const demo = `http://localhost:${port}`
  const server = await startServer(undefined, { DEMO: 'on', DEMO_URL: demo })
  const env = { CLIENT_ID: 'ledger', ISSUER: server.origin, PORT: String(port), PUBLIC_URL: demo }
  const ledger = await serve({ args: ['examples/relying-party/main.ts'], env }, demo)
  await page.goto(demo)
  await page.getByRole('link', { name: /^Sign in at / }).click()
  await expect(page.locator('body')).toHaveAttribute('data-layout', 'split')
  await ledger.stop()
  await server.stop()
})

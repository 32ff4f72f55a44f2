import { DEMO_CLIENT } from '../../scripts/tasks/start.ts'
import { enterCode, fillIn, newcomer, sentTo } from '../flows/registration.ts'
import { enterPassword, identify } from '../flows/sign-in.ts'
import { consentScreen } from '../screens/consent.ts'
import { secondFactorScreen } from '../screens/second-factor.ts'
import { freePort, serve } from '../support/child.ts'
import { startServer } from '../support/server.ts'
import { expect, test } from '../support/test.ts'

/** `    ada@acme.test          a password          Acme`, as the first lines of the server list them. */
const ACCOUNT = /^ {4}(\S+@\S+) {2,}(.+?) {2,}(.+)$/gm

/** What `npm start` runs on somebody's own machine: the server, and the demo application beside it. */
async function startDemo() {
  const port = await freePort()
  const url = `http://localhost:${port}`
  const server = await startServer(undefined, { DEMO: 'on', DEMO_URL: url })
  const env = { ...DEMO_CLIENT, ISSUER: server.origin, PORT: String(port), PUBLIC_URL: url }
  const application = await serve({ args: ['examples/relying-party/main.ts'], env }, url)
  const accounts = [...server.output().matchAll(ACCOUNT)].map(([, name = '', password = '']) => ({ name, password }))
  return {
    url,
    accounts,
    mail: server.mail,
    async stop() {
      await application.stop()
      await server.stop()
    },
  }
}

test('the demo application is registered already: its accounts sign in, stay connected and sign out', async ({
  page,
}) => {
  const demo = await startDemo()
  const [somebody] = demo.accounts
  await page.goto(demo.url)
  await page.getByRole('link', { name: 'Sign in', exact: true }).click()
  await identify(page, somebody?.name ?? 'the list of accounts')
  await enterPassword(page, somebody?.password)
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Hello, ')

  await page.getByRole('link', { name: 'Sign in and stay connected' }).click()
  await consentScreen(page).allow.click()
  await page.getByRole('button', { name: 'Refresh tokens' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Hello, ')
  await page.getByRole('button', { name: 'Sign out' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('You are signed out')
  await demo.stop()
})

test('the demo shows another organization: in its look, and with the offer of a second factor that Acme does without', async ({
  page,
}) => {
  const demo = await startDemo()
  await page.goto(demo.url)
  await page.getByRole('link', { name: /^Sign in at / }).click()
  await expect(page.locator('body')).toHaveAttribute('data-layout', 'split')
  const baker = demo.accounts.at(-1)
  await identify(page, baker?.name ?? 'the list of accounts')
  await enterPassword(page, baker?.password)
  await expect(secondFactorScreen(page).notNow).toBeVisible()
  await demo.stop()
})

test('the demo application sends somebody to make an account, and greets them', async ({ page }) => {
  const demo = await startDemo()
  const person = newcomer()
  await page.goto(demo.url)
  await page.getByRole('link', { name: 'Create an account' }).first().click()
  await fillIn(page, person)
  await enterCode(page, (await sentTo(page, demo, person.email)).code)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Hello, Nia Okoye')
  await demo.stop()
})

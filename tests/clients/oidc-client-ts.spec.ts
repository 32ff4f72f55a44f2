import type { Page } from '@playwright/test'
import type { User, UserManager } from 'oidc-client-ts'
import { signIn } from '../flows/sign-in.ts'
import { ada } from '../support/people.ts'
import { startRelyingParty } from '../support/relying-party.ts'
import { expect, test } from '../support/test.ts'
import type { World } from '../support/world.ts'

/** What the page of the single page application has: its library, and the manager it made. */
type Atlas = { oidc: { UserManager: typeof UserManager }; manager: UserManager }
type Person = Pick<User, 'access_token' | 'refresh_token' | 'profile'>

const addressOf = ({ relyingParty }: World) => `${relyingParty.origin}/atlas`

/** What the application does when its page is loaded: another origin, a public client, everything in the browser. */
const start = (page: Page, world: World, scope: string): Promise<void> =>
  page.evaluate(
    (settings) => {
      const atlas = globalThis as unknown as Atlas
      atlas.manager = new atlas.oidc.UserManager({ ...settings, client_id: 'atlas', loadUserInfo: true })
    },
    {
      authority: world.origin,
      redirect_uri: addressOf(world),
      post_logout_redirect_uri: `${world.relyingParty.origin}/signed-out`,
      scope,
    },
  )

/** Leaves for the sign-in, does there what `act` does, and is back in the application. */
async function leave(
  page: Page,
  world: World,
  { scope = 'openid profile email', ...wishes }: { prompt?: string; scope?: string },
  act = async () => {},
) {
  await page.goto(addressOf(world))
  await start(page, world, scope)
  await page.evaluate((options) => {
    void (globalThis as unknown as Atlas).manager.signinRedirect(options)
  }, wishes)
  await act()
  await page.waitForURL((at) => at.pathname === '/atlas' && at.search !== '')
  await start(page, world, scope)
}

const finish = (page: Page): Promise<Person> =>
  page.evaluate(async () => {
    const { manager } = globalThis as unknown as Atlas
    const { access_token, refresh_token, profile } = await manager.signinRedirectCallback()
    return { access_token, ...(refresh_token ? { refresh_token } : {}), profile }
  })

test('oidc-client-ts signs in from another origin, in the browser alone: code, PKCE and user info', async ({
  page,
  world,
}) => {
  await leave(page, world, {}, () => signIn(page, ada))
  const { profile, access_token } = await finish(page)
  expect(profile).toMatchObject({ aud: 'atlas', name: ada.name, email: ada.email })
  expect(access_token).toBeTruthy()
})

test('oidc-client-ts refreshes by itself, and ends the session', async ({ page, world }) => {
  await leave(page, world, { scope: 'openid offline_access' }, () => signIn(page, ada))
  const first = await finish(page)
  const second = await page.evaluate(async () => {
    const user = await (globalThis as unknown as Atlas).manager.signinSilent()
    return { access_token: user?.access_token, refresh_token: user?.refresh_token, sub: user?.profile.sub }
  })
  expect(second.sub).toBe(first.profile.sub)
  expect(second.access_token).not.toBe(first.access_token)
  expect(second.refresh_token).not.toBe(first.refresh_token)

  await page.evaluate(() => {
    void (globalThis as unknown as Atlas).manager.signoutRedirect()
  })
  await page.waitForURL(`${world.relyingParty.origin}/signed-out`)
  await leave(page, world, { prompt: 'none' })
  await expect(finish(page)).rejects.toThrow('login_required')
})

test('oidc-client-ts asks without a page: login_required for a stranger, a user for somebody signed in', async ({
  page,
  world,
}) => {
  await leave(page, world, { prompt: 'none' })
  await expect(finish(page)).rejects.toThrow('login_required')
  await leave(page, world, {}, () => signIn(page, ada))
  const { profile } = await finish(page)
  await leave(page, world, { prompt: 'none' })
  expect((await finish(page)).profile.sub).toBe(profile.sub)
})

test('an origin that no application registered is refused by the browser', async ({ page, world }) => {
  const stranger = await startRelyingParty()
  await page.goto(`${stranger.origin}/atlas`)
  const status = await page.evaluate(
    (address) =>
      fetch(address, { method: 'POST', body: new URLSearchParams() }).then(
        () => 'readable',
        () => 'refused',
      ),
    `${world.origin}/oauth/v2/token`,
  )
  expect(status).toBe('refused')
  await stranger.close()
})

import type { Page } from '@playwright/test'
import { describe, expect, test } from 'vitest'
import { launchChromium, openWatched, type Watched } from './harness/chromium.ts'
import { application, CONFIGURATION, passwordOf, person } from './harness/people.ts'
import { openWorld } from './harness/world.ts'
import { LOGIN, PAGES } from './paths.ts'

const MARKUP = '<img src=x onerror="window.pwned=1">'
const HOSTILE_NAMES = [
  MARKUP,
  '</script><script>window.pwned=1</script>',
  '{{constructor.constructor("window.pwned=1")()}}',
  ['$', '{window.pwned=1}'].join(''),
  '\u202e"\'><svg/onload=window.pwned=1>',
  'x'.repeat(200),
]
const ORGANIZATION = `Organization ${MARKUP}`
const APPLICATION = 'Application </script><script>window.pwned=1</script>'

/** Everybody and everything is called something that would be code elsewhere. Over http, because a browser talks to it directly. */
const configuration = {
  ...CONFIGURATION,
  organizations: [
    {
      ...CONFIGURATION.organizations[0]!,
      // that name is one of https
      loginDomain: undefined,
      name: ORGANIZATION,
      applications: [
        {
          ...application({ clientId: 'clientAsking', type: 'web', settings: { consent: 'always' } }),
          name: APPLICATION,
        },
        application({ clientId: 'clientConf', type: 'web' }),
      ],
      users: HOSTILE_NAMES.map((displayName, at) => ({
        ...person({ name: `bob${at}`, displayName }),
        // where people say it themselves nothing turns the direction of the text around it
        givenName: displayName.replace('\u202e', ''),
        familyName: displayName.replace('\u202e', ''),
      })),
    },
  ],
}
const world = await openWorld({ configuration, env: { PUBLIC_URL: 'http://localhost:PORT', TRUSTED_PROXY_HOPS: '0' } })
const { issuer } = world.server

const browser = await launchChromium()

const isPwned = (page: Page) => page.evaluate(() => 'pwned' in window)

async function expectHarmless({ page, seen }: Watched, where: string): Promise<void> {
  expect(await isPwned(page), where).toBe(false)
  expect(seen, where).toEqual([])
}

/** A browser that knows these accounts, the last one signed in on the account pages. */
async function knowing(names: readonly string[]) {
  const client = world.browser()
  for (const name of names) {
    const request = await client.open(world.rp.authorizePath('clientConf', { prompt: 'login' }))
    await client.call(LOGIN.RESTART(request, true))
    await client.signIn(request, name, passwordOf(name))
  }
  await client.get('/account')
  const watched = await openWatched(browser, issuer)
  await watched.page
    .context()
    .addCookies([...client.jar].map(([name, value]) => ({ name, value, url: issuer, httpOnly: true })))
  return watched
}

const shown = async (page: Page) => ((await page.locator('body').textContent()) ?? '').replace(/\s+/g, ' ')
const seenAs = (name: string) => name.replace(/\s+/g, ' ').slice(0, 30)

describe('N258 XSS - whatever people are called is text', () => {
  const names = HOSTILE_NAMES.map((_name, at) => `bob${at}`)

  test('in the picker', async () => {
    const watched = await knowing(names)
    await watched.page.goto(issuer + world.rp.authorizePath('clientConf', { prompt: 'select_account' }))
    await watched.page.getByText('bob0').first().waitFor()
    const text = await shown(watched.page)
    for (const name of [...HOSTILE_NAMES, ORGANIZATION]) expect(text).toContain(seenAs(name))
    await expectHarmless(watched, 'picker')
    await watched.context.close()
  })

  test('on the consent screen and the sign-out page', async () => {
    const watched = await knowing(names.slice(0, 2))
    await watched.page.goto(issuer + world.rp.authorizePath('clientAsking', { login_hint: 'bob1' }))
    await watched.page.getByText(seenAs(APPLICATION)).first().waitFor()
    await expectHarmless(watched, 'consent')
    await watched.page.goto(issuer + world.endpoints.ENDSESSION)
    await watched.page.getByText('bob0').first().waitFor()
    await expectHarmless(watched, 'sign out')
    await watched.context.close()
  })

  test.each(HOSTILE_NAMES.map((name, at) => [`bob${at}`, name]))('on the account pages of %s', async (who, name) => {
    const watched = await knowing([who])
    await watched.page.goto(`${issuer}/account`)
    await watched.page.getByText(`${who}@a.test`).first().waitFor()
    expect(await shown(watched.page)).toContain(seenAs(name))
    await expectHarmless(watched, 'account')
    await watched.context.close()
  })
})

describe('N259 XSS - what an address says is never run', () => {
  const names =
    'error error_description error_hint loginName orgName lang theme login_hint ui_locales state code message title returnTo next application name'.split(
      ' ',
    )
  const payloads = [
    `</script><script>window.pwned=1</script>${MARKUP}"><svg onload=window.pwned=1>'><!--<script>window.pwned=1`,
    'javascript:window.pwned=1',
    `';window.pwned=1;//\u2028window.pwned=1//{{constructor.constructor("window.pwned=1")()}}\${window.pwned=1}`,
  ]

  test.each(payloads)('%s', { timeout: 60_000 }, async (payload) => {
    const watched = await openWatched(browser, issuer)
    const query = new URLSearchParams(names.map((name) => [name, payload])).toString()
    const authorize = world.rp.authorizePath('clientConf', { login_hint: payload, ui_locales: payload, state: payload })
    const untrusted = world.rp.authorizePath('clientConf', { redirect_uri: payload, error: payload })
    const outside = `${world.endpoints.ENDSESSION}?${new URLSearchParams({ post_logout_redirect_uri: payload, id_token_hint: payload, state: payload, client_id: payload })}`
    for (const path of [...PAGES, '/nowhere', `/login/${encodeURIComponent(payload)}`, untrusted, outside]) {
      await watched.page.goto(
        `${issuer}${path}${path.includes('?') ? '&' : '?'}${query}#${encodeURIComponent(payload)}`,
        { waitUntil: 'load' },
      )
      await expectHarmless(watched, path)
    }
    await watched.page.goto(`${issuer}${authorize}`, { waitUntil: 'load' })
    await watched.page.locator('input[name=identifier]').waitFor()
    await expectHarmless(watched, 'login page')
    await watched.context.close()
  })
})

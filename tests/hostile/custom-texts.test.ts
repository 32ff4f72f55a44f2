import { expect, test } from 'vitest'
import { newAddress } from './harness/browser.ts'
import { launchChromium, openWatched } from './harness/chromium.ts'
import { codeOf, json } from './harness/http.ts'
import { MAIL_SINK, messagesTo } from './harness/mail.ts'
import { CONFIGURATION, person } from './harness/people.ts'
import { openWorld } from './harness/world.ts'
import { ADM, LOGIN, RESET } from './paths.ts'

/** What would be markup, a template or a pattern where texts are put together. */
const HOSTILE = [
  '<img src=x onerror="window.pwned=1"> {constructor} {{7*7}} %s',
  ['$', '{7*7} {count, plural, one {#} other {7*7}} {{name}} %d $t(title)'].join(''),
  '{{constructor.constructor("window.pwned=1")()}} {organization} <b>7*7</b>',
]
const EVALUATED = /\b49\b|\[object|native code|undefined/

const [organization] = CONFIGURATION.organizations
const world = await openWorld({
  env: { ...MAIL_SINK, PUBLIC_URL: 'http://localhost:PORT', TRUSTED_PROXY_HOPS: '0' },
  configuration: {
    ...CONFIGURATION,
    organizations: [
      {
        ...organization!,
        // that name is one of https
        loginDomain: undefined,
        users: [...organization!.users, person({ name: 'mgrA', roles: ['organization_owner'] })],
      },
    ],
  },
})
const { issuer } = world.server
const chromium = await launchChromium()

const manager = await world.atAccount('mgrA')
const orgA = await world.organization('a.test')

test.each(HOSTILE)(
  'N256 XSS - a text that a manager wrote is shown as it is, in the page and in the mail: %s',
  async (text) => {
    const look = { layout: 'split', tagline: text }
    expect((await manager.call(ADM.setPolicy(orgA, look, 'branding'))).status).toBe(200)
    const renamed = { method: 'PATCH', path: `/api/v1/organizations/${orgA}`, body: { name: text } } as const
    expect((await manager.call(renamed)).status).toBe(200)

    const watched = await openWatched(chromium, issuer)
    await watched.page.setViewportSize({ width: 1280, height: 800 })
    await watched.page.goto(issuer + world.rp.authorizePath('clientConf'))
    await watched.page.getByText(text, { exact: true }).first().waitFor()
    const shown = ((await watched.page.locator('body').textContent()) ?? '').replaceAll(text, '')
    expect(shown).not.toMatch(EVALUATED)
    expect(await watched.page.evaluate(() => 'pwned' in window)).toBe(false)
    expect(watched.seen).toEqual([])
    await watched.context.close()

    const browser = world.browser(newAddress())
    const request = await browser.open(world.rp.authorizePath('clientConf'))
    await browser.call(LOGIN.START(request, 'bob'))
    await browser.call(RESET.START(request))
    const mail = (
      await messagesTo(world.server, 'bob@a.test', { kind: 'reset_password', atLeast: HOSTILE.indexOf(text) + 1 })
    )[0]!
    // a mail cuts what is long, and parts what a reader's program would make a link of
    const said = `${mail.subject} ${mail.text}`.replaceAll('\u200b', '')
    const written = text.slice(0, 50)
    expect(said).toContain(written)
    expect(said.replaceAll(written, '')).not.toMatch(EVALUATED)
    expect(mail.html).not.toMatch(/<img src=x|<b>7/)
  },
)

test('N256 XSS - there are no texts with placeholders to overwrite', async () => {
  for (const kind of ['texts', 'messages', 'translations', 'i18n', 'locales'])
    expect(['not_found', 'invalid_input']).toContain(codeOf(await manager.call(ADM.setPolicy(orgA, {}, kind))))
  for (const more of [{ texts: { title: '{constructor}' } }, { css: '*{}' }, { html: '<b>' }, { tagline: { de: 'x' } }])
    expect(codeOf(await manager.call(ADM.setPolicy(orgA, more, 'branding'))), JSON.stringify(more)).toBe(
      'invalid_input',
    )
  expect(json(await manager.call(ADM.policy(orgA, 'branding'))).value).not.toHaveProperty('texts')
})

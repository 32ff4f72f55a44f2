import { describe, expect, test } from 'vitest'
import { newAddress } from './harness/browser.ts'
import { MAIL_SINK, messagesTo, NOTHING_COMES } from './harness/mail.ts'
import { CONFIGURATION, passwordOf, person } from './harness/people.ts'
import { openWorld } from './harness/world.ts'
import { LOGIN, ME, REG, RESET, registrationForm } from './paths.ts'

const NAMES: [string, string][] = [
  ['crlf', 'Bob\r\nBcc: x@e.test\r\n\r\n<b>hello</b>'],
  ['encoded', '=?utf-8?b?PGI+?= =?utf-8?q?x?='],
  ['quotes', `"Bob" <x@e.test>, 'x'`],
  ['long', `B${'o'.repeat(180)}b`],
  ['rtl', 'Bob \u202emoc.live\u202c'],
  ['link', '<a href="https://evil.test/">Bob</a> https://evil.test/'],
]
const visible = (name: string) => name.replace(/[\p{Cc}\p{Cf}]/gu, '')

/** Everybody is called something that would be more than a name elsewhere, and so is the house. */
const world = await openWorld({
  env: MAIL_SINK,
  configuration: {
    ...CONFIGURATION,
    organizations: [
      {
        ...CONFIGURATION.organizations[0]!,
        name: 'A <b>barn</b> & "sons"',
        users: NAMES.filter(([, name]) => visible(name) === name).map(([who, name]) => ({
          ...person({ name: who, displayName: name }),
          givenName: name,
        })),
      },
    ],
  },
})
const PEOPLE = NAMES.filter(([, name]) => visible(name) === name)

/** Every mail that this person can cause: a reset, a word of a new browser and of a new password, and one that somebody wants their address. */
async function mailsOf(name: string) {
  const browser = world.browser(newAddress())
  const request = await browser.open(world.rp.authorizePath('clientConf'))
  await browser.call(LOGIN.START(request, name))
  await browser.call(RESET.START(request))
  const form = await browser.open(world.rp.authorizePath('clientConf', { prompt: 'create' }))
  await browser.call(REG.START(form, { ...registrationForm('nia'), email: `${name}@a.test` }))
  const home = world.browser()
  await world.rp.obtainTokens(home, 'clientConf', name)
  await home.get('/account')
  await home.call(ME.changePassword(passwordOf(name), 'canary lighthouse keeper 42'))
  return messagesTo(world.server, `${name}@a.test`, { atLeast: 4 })
}

describe('N250 EMAIL - what somebody is called is text in a mail', () => {
  test.each(PEOPLE)('%s', async (who) => {
    const mails = await mailsOf(who)
    expect(mails.map(({ kind }) => kind).toSorted()).toEqual([
      'address_taken',
      'new_device',
      'password_changed',
      'reset_password',
    ])
    for (const { subject, html, text } of mails) {
      expect(subject).not.toMatch(/[\r\n]/)
      expect(html).not.toMatch(/<b>barn<\/b>|<a href="https:\/\/evil\.test|<b>hello/)
      // no program of a reader makes a link of a name
      expect(html).not.toMatch(/href="(?!https:\/\/localhost)/)
      expect(text).not.toMatch(/^(Bcc|To|Cc):/m)
    }
  })

  test.each(NAMES.filter(([, name]) => visible(name) !== name))(
    'a form with %s in a name sends it nowhere as it is',
    async (_, givenName) => {
      const browser = world.browser()
      const form = await browser.open(world.rp.authorizePath('clientConf', { prompt: 'create' }))
      const email = `n250-${NAMES.findIndex(([, name]) => name === givenName)}@new.test`
      await browser.call(REG.START(form, { ...registrationForm('nia'), givenName, email }))
      for (const { subject, html, text } of await messagesTo(world.server, email, { within: NOTHING_COMES })) {
        expect(`${subject}${text}${html}`).not.toMatch(/\u202e|x@e\.test/)
        expect(subject).not.toMatch(/[\r\n]/)
      }
    },
  )
})

test('N252 EMAIL - a mail says who it is for, and no more: opaque links to us, nothing that reports back', async () => {
  const [{ id } = {}] = await world.rows(`select id from users limit 1`)
  const [who] = PEOPLE[0]!
  for (const { html, text, link } of await messagesTo(world.server, `${who}@a.test`)) {
    expect(text.length).toBeGreaterThan(20)
    for (const url of `${html} ${text}`.match(/https?:\/\/[^\s"<>)]+/g) ?? []) {
      expect(new URL(url).origin).toBe(world.server.issuer)
      expect(url).not.toMatch(/utm_|[?&]|@|%40/)
    }
    if (link) expect(new URL(link).search).toBe('')
    expect(`${html}${text}`).not.toMatch(/<img|<script|<iframe|usr_|org_|req_[0-9a-f]{8}.*utm/)
    expect(`${html}${text}`).not.toContain(String(id))
  }
})

import { LANGUAGE_CODES, LANGUAGES } from '@vestibule/shared/languages.ts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { MESSAGE_FACTORS, type Message } from '../domain/messages.ts'
import { sampleMessages } from '../domain/sample-messages.ts'
import { render } from './render.ts'
import { letter, ORIGIN } from './testing/samples.ts'

const NOW = Date.UTC(2026, 10, 24, 14, 32)
const MESSAGES = sampleMessages(ORIGIN, NOW)
const MAILS = MESSAGES.filter(({ channel }) => channel === 'email')
const of = (kind: Message['kind'], channel: Message['channel'] = 'email') =>
  MESSAGES.find((message) => message.kind === kind && message.channel === channel)!
const withValues = (message: Message, values: object) =>
  ({ ...message, values: { ...message.values, ...values } }) as Message

const NAMED: Record<string, string> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&#8203;': '\u200b',
  '&amp;': '&',
}
/** What a reader of the HTML part sees. */
const visible = (html: string) =>
  html
    .replace(/^.*<\/style>/s, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/&[#\w]+;/g, (entity) => NAMED[entity] ?? entity)
    .replace(/\s+/g, ' ')

describe.each(LANGUAGE_CODES)('in %s', (language) => {
  test.each(MESSAGES)('E1 $channel $kind is whole, and its root has language and direction', (message) => {
    const { subject, text, html } = render(message, letter({ language }))
    expect(`${subject}${text}`).not.toMatch(/\{\{|\}\}|undefined|null|NaN/)
    if (message.channel === 'sms') return expect([subject, html]).toEqual(['', null])
    expect(subject.length).toBeGreaterThan(3)
    const root = `lang="${language}" dir="${LANGUAGES[language].direction}"`
    expect(html!.split(root)).toHaveLength(3)
  })

  test.each(MAILS)('E1 the text of $kind says all that its HTML says', (message) => {
    const { text, html } = render(message, letter({ language }))
    const seen = visible(html!)
    const lines = text.split('\n').filter((line) => line !== '' && line !== '-- ')
    for (const line of lines)
      for (const part of line.split(/\s?:\s|\s?:$|：/)) expect(seen).toContain(part.replace(/\s+/g, ' ').trim())
    const said = text.replace(/\s+/g, ' ')
    const values = Object.entries(message.values).flatMap(([name, value]) =>
      typeof value === 'string' && name !== 'factor' ? [value] : [],
    )
    for (const value of values.filter((one) => !one.includes('•'))) expect(said).toContain(value)
  })
})

test.each(MAILS)('E4 $kind fetches nothing, follows nobody and leads only to us', (message) => {
  const html = render(message, letter()).html!
  expect(html).not.toMatch(
    /<(img|link|script|iframe|form|object|svg|video|base|meta http)|\ssrc=|url\(|@import|@font-face|\son\w+=/i,
  )
  for (const [, href] of html.matchAll(/href="([^"]*)"/g)) expect(href!.startsWith(`${ORIGIN}/`)).toBe(true)
})

test('E4 the address of a button is shown in full', () => {
  const { values } = of('verify_email') as { values: { link: string } }
  const { html, text } = render(of('verify_email'), letter())
  expect(visible(html!)).toContain(values.link)
  expect(text.split('\n')).toContain(values.link)
})

test('DESIGN I6 a link that leads anywhere else is not sent', () => {
  for (const link of [
    'https://evil.test/x',
    `${ORIGIN}.evil.test/`,
    `${ORIGIN}@evil.test/`,
    'javascript:alert(1)',
    '/x',
    '',
  ])
    expect(() => render(withValues(of('verify_email'), { link }), letter())).toThrow('leads away')
})

test('E3 a mail with a code says what it opens, how long, where it was asked for and what if it was somebody else', () => {
  const { text } = render(of('reset_password'), letter())
  for (const part of [
    'set a new password for your account at Acme',
    '10 minutes',
    '30 minutes',
    'Firefox on Linux',
    'didn’t ask for this',
  ])
    expect(text).toContain(part)
})

test('times are in the zone of the reader, or in UTC, which is said', () => {
  const text = (timeZone: string | null) => render(of('new_device'), letter({ timeZone })).text
  expect(text('Europe/Berlin')).toContain('3:32 PM GMT+1')
  expect(text(null)).toContain('2:32 PM UTC')
  expect(text('Nowhere/At all')).toContain('2:32 PM UTC')
})

test('what is not known of a browser is left out', () => {
  const text = (values: object) => render(withValues(of('new_device'), values), letter()).text
  expect(text({ browser: null })).toContain('Where: Linux\n')
  expect(text({ system: null })).toContain('Where: Firefox\n')
  expect(text({ browser: null, system: null })).toContain('Where: A browser we don’t know\n')
})

test.each(MESSAGE_FACTORS)('the factor %s has a name', (factor) => {
  expect(render(withValues(of('factor_added'), { factor }), letter()).text).toMatch(/\nWay: \S+/)
})

test('a number that was taken away is not named', () => {
  expect(render(withValues(of('phone_changed'), { newPhoneMasked: null }), letter()).text).toContain(
    'no longer has a phone number',
  )
})

test('a text message binds its code to our host, and is written in cheap letters', () => {
  const { text } = render(of('verify_phone', 'sms'), letter())
  expect(text.split('\n').at(-1)).toBe('@login.acme.test #483920')
  expect(text).not.toMatch(/[’‘]/)
})

test('the reader’s wish for the dark is followed, unless the organization has decided', () => {
  const html = (mode: 'auto' | 'light' | 'dark') => render(of('new_device'), letter({}, { mode })).html!
  expect(html('auto')).toContain('@media (prefers-color-scheme:dark)')
  expect(html('auto')).toContain('content="light dark"')
  for (const mode of ['light', 'dark'] as const) expect(html(mode)).not.toContain('prefers-color-scheme')
  const { light, dark } = letter().theme
  expect(html('light')).toContain(`background:${light.canvas}`)
  expect(html('dark')).toContain(`background:${dark.canvas}`)
})

const NASTY = [
  '<img src=x onerror=alert(1)>',
  '"><script>alert(1)</script>',
  '</style><b>',
  "' onmouseover='x",
  '{{code}}{{organization}}',
  '=?utf-8?B?eA==?=',
  'Acme\r\nBcc: x@evil.test\r\n\r\nhello',
  '\u202egnp.exe',
  '&lt;b&gt;',
  'a\u0000b',
  '\ud800',
]
const data = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.constantFrom(...NASTY),
  fc.string({ maxLength: 5_000 }),
)
/** Every tag with its attributes. */
const tags = (html: string) => html.replace(/^.*<\/style>/s, '').match(/<[^>]*>/g)

test('P6 N250 E5 whatever a name, organization or browser is called, it makes no element, attribute or header', () => {
  const plain = new Map(
    MAILS.map((message) => [message.kind, render(filled(message, 'x'), letter({ organization: 'x' }))]),
  )
  fc.assert(
    fc.property(fc.constantFrom(...MAILS), data, (message, value) => {
      const { subject, html, text } = render(filled(message, value), letter({ organization: value }))
      const model = plain.get(message.kind)!
      expect(tags(html!)).toEqual(tags(model.html!))
      expect(subject).toBe(model.subject)
      // one line in, one line out
      expect(text.split('\n')).toHaveLength(model.text.split('\n').length)
      expect(`${html}${text}`).not.toMatch(/(?!\n)[\p{Cc}\u202a-\u202e]/u)
    }),
    { numRuns: 1_500 },
  )
})

function filled(message: Message, value: string): Message {
  const { values } = message as { values: Record<string, unknown> }
  const where = { browser: value, system: value }
  return withValues(message, {
    ...('asked' in values ? { asked: where } : {}),
    ...('browser' in values ? where : {}),
    ...('newAddressMasked' in values ? { newAddressMasked: value } : {}),
    ...('newPhoneMasked' in values ? { newPhoneMasked: value } : {}),
  })
}

test('N250 a name of 5 kB is cut, and one that looks like a link is none', () => {
  const long = render(of('account_deleted'), letter({ organization: 'x'.repeat(5_000) }))
  expect(long.text.length).toBeLessThan(1_000)
  for (const organization of ['evil.test', 'https://evil.test/a', 'Win at www.evil.test now', 'mail@evil.test']) {
    const { text, html } = render(of('account_deleted'), letter({ organization }))
    expect(`${text}${html}`).not.toMatch(/evil\.test|https:\/\/evil|@evil/)
  }
})

test('a name that is written in another direction is held apart from the sentence around it', () => {
  const text = (organization: string, language: 'en' | 'ar') =>
    render(of('account_deleted'), letter({ organization, language })).text
  expect(text('Acme', 'ar')).toContain('\u2068Acme\u2069')
  expect(text('مخبز', 'en')).toContain('\u2068مخبز\u2069')
  expect(text('Acme', 'en')).not.toMatch(/[\u2066-\u2069]/)
})

import { expect, test } from 'vitest'
import { openRegistration } from '../testing/registration.ts'
import { openReset } from '../testing/reset.ts'
import { createScene } from '../testing/scene.ts'
import { ISSUER } from '../testing/world.ts'
import { listPreviews, preview } from '../use-cases/messages/previews.ts'

/** Everything in a mail that a program may open or fetch by itself. */
const addressesIn = (html: string) =>
  [...html.matchAll(/(?:href|src|action|background)="([^"]*)"|url\(([^)]*)\)/g)].map(
    ([, link, url]) => link ?? url ?? '',
  )

test('N252 EMAIL - a mail leads to us only, counts no reader, and can be read as text', async () => {
  const { deps, acme } = await createScene()
  const mails = listPreviews(deps).filter(({ channel }) => channel === 'email')
  expect(mails.length).toBeGreaterThan(10)
  for (const message of mails) {
    const { html, text } = await preview(deps, { message, language: 'en', look: acme, mode: null })
    expect(text.trim().length, message.kind).toBeGreaterThan(40)
    for (const address of addressesIn(html ?? '')) {
      expect(new URL(address).origin, message.kind).toBe(ISSUER)
      expect(new URL(address).search, message.kind).toBe('')
    }
    expect(html).not.toMatch(/<img|<link|<script|@import|unsubscribe/i)
  }
})

test('N252 EMAIL - what a link carries says nothing of whoever gets it', async () => {
  const { browser, world, deliver, messages, userId } = await createScene()
  await openReset(browser)
  const registering = await openRegistration(world.browser())
  await deliver()
  const links = messages().flatMap(({ text }) => text.match(/https?:\S+#\S+/g) ?? [])
  expect(links).toHaveLength(2)
  const carried = links.map((link) => new URL(link).hash.slice(1))
  expect(carried.toSorted()[1]).toMatch(/^vl_[\w-]{43}$/)
  // of a registration the page that waits, which opens in its own browser only, and the code of the same mail
  expect(carried.toSorted()[0]).toMatch(new RegExp(`^${registering}\\.\\d{6}$`))
  for (const link of links) {
    expect(new URL(link).search).toBe('')
    for (const secret of [userId, 'bob', 'nia', 'acme.test', 'elsewhere'])
      expect(decodeURIComponent(link).toLowerCase()).not.toContain(secret)
  }
})

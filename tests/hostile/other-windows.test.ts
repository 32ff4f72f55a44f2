import { once } from 'node:events'
import { createServer } from 'node:http'
import { expect, test } from 'vitest'
import { launchChromium } from './harness/chromium.ts'
import { openWorld } from './harness/world.ts'
import { PAGES } from './paths.ts'

/** Over http, because a browser talks to it directly. */
const world = await openWorld({ env: { PUBLIC_URL: 'http://localhost:PORT', TRUSTED_PROXY_HOPS: '0' } })
const { issuer } = world.server

const browser = await launchChromium()

/** A page of another site. */
async function evilSite(html: string) {
  const server = createServer((_request, response) => response.setHeader('content-type', 'text/html').end(html)).listen(
    0,
    '127.0.0.1',
  )
  await once(server, 'listening')
  const { port: at } = server.address() as { port: number }
  return { url: `http://127.0.0.1:${at}/`, close: () => server.close() }
}

test('N131 CSRF - no page of ours is shown inside another site', async () => {
  const context = await browser.newContext()
  const page = await context.newPage()
  const pages = [...PAGES, '/nowhere', world.endpoints.ENDSESSION, world.rp.authorizePath('clientAsking')]
  const evil = await evilSite(
    pages.map((path) => `<iframe src="${issuer}${path.replaceAll('&', '&amp;')}"></iframe>`).join(''),
  )
  const refused: string[] = []
  page.on(
    'console',
    (message) => /frame-ancestors|X-Frame-Options/i.test(message.text()) && refused.push(message.text()),
  )
  await page.goto(evil.url, { waitUntil: 'load' })
  const inside = await Promise.all(
    page
      .frames()
      .filter((frame) => frame !== page.mainFrame())
      .map((frame) => frame.evaluate(() => document.body.textContent).catch(() => '')),
  )
  expect(refused.length).toBeGreaterThanOrEqual(pages.length)
  for (const text of inside) expect(text).not.toMatch(/Vestibule|Organization|sign in/i)
  evil.close()
  await context.close()
})

test('N133 CSRF - messages from other windows are heard by nobody', async () => {
  const context = await browser.newContext()
  await context.addInitScript(() => {
    const heard: string[] = []
    Object.assign(window, { heard })
    const listen = window.addEventListener.bind(window)
    window.addEventListener = ((kind: string, ...rest: never[]) => {
      heard.push(kind)
      return (listen as (...all: unknown[]) => void)(kind, ...rest)
    }) as typeof window.addEventListener
  })
  const opener = await context.newPage()
  const evil = await evilSite('<p>evil</p>')
  await opener.goto(evil.url)
  const [page] = await Promise.all([
    context.waitForEvent('page'),
    opener.evaluate((at) => void Object.assign(window, { victim: window.open(at) }), `${issuer}/account`),
  ])
  await page.waitForLoadState('networkidle')
  const before = await page.content()
  await opener.evaluate(() => {
    const { victim } = window as unknown as { victim: Window | null }
    for (const message of [
      'logout',
      { type: 'redirect', to: 'https://evil.test' },
      { step: { kind: 'redirect', redirect: { to: 'javascript:alert(1)' } } },
      '__proto__',
      null,
    ])
      try {
        victim?.postMessage(message, '*')
      } catch {
        // the opener is cut off from this window
      }
  })
  await page.waitForTimeout(200)
  expect(await page.evaluate(() => (window as unknown as { heard: string[] }).heard)).not.toContain('message')
  expect(await page.evaluate(() => window.onmessage)).toBeNull()
  expect(await page.content()).toBe(before)
  expect(await page.evaluate(() => window.opener)).toBeNull()
  evil.close()
  await context.close()
})

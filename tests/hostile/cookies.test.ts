import { expect, test } from 'vitest'
import { pageOf } from './harness/browser.ts'
import { passwordOf } from './harness/people.ts'
import { authorizationCode } from './harness/relying-party.ts'
import { openWorld } from './harness/world.ts'
import { everyRead, LANGUAGE, LOGIN, ME, PAGES, PICK, SIGN_OUT } from './paths.ts'

const world = await openWorld()

test('N108 SESS - every cookie of a whole visit is ours alone', async () => {
  const browser = world.browser()
  const lines: string[] = []
  const collect = async (answer: Promise<{ setCookie: readonly string[] }>) =>
    void lines.push(...(await answer).setCookie)
  const begin = world.rp.authorizePath('clientAsking')

  await collect(browser.get(begin))
  const request = await browser.open(begin)
  for (const call of [
    LANGUAGE.choose('de'),
    LOGIN.START(request, 'bob'),
    LOGIN.PW(request, 'wrong'),
    LOGIN.PW(request, passwordOf('bob'), true),
  ])
    await collect(browser.call(call))
  const done = browser.call(LOGIN.CONSENT(request, true))
  await collect(done)
  authorizationCode(await done)
  for (const path of [...PAGES, '/nowhere', world.endpoints.USERINFO, world.endpoints.JWKS])
    await collect(browser.get(path))
  for (const call of everyRead(request)) await collect(browser.call(call))
  const second = await browser.open(world.rp.authorizePath('clientConf', { prompt: 'login select_account' }))
  for (const call of [
    PICK.list(second),
    LOGIN.RESTART(second, true),
    LOGIN.START(second, 'alice'),
    LOGIN.PW(second, passwordOf('alice')),
  ])
    await collect(browser.call(call))
  const { signOut } = pageOf(await browser.get(world.endpoints.ENDSESSION))
  await collect(browser.call(SIGN_OUT.confirm(signOut.request, 'all')))
  await collect(browser.call(ME.signOut()))

  expect(new Set(lines.map((line) => line.split('=')[0]))).toEqual(
    new Set(['__Host-vestibule', '__Host-vestibule-known', '__Host-vestibule-language']),
  )
  expect(lines.length).toBeGreaterThan(3)
  for (const line of lines) {
    const [, ...attributes] = line.split('; ').map((attribute) => attribute.toLowerCase())
    expect(attributes, line).toEqual(expect.arrayContaining(['path=/', 'httponly', 'secure']))
    expect(line).toMatch(/SameSite=(Lax|Strict)/)
    expect(line).not.toMatch(/Domain/i)
  }
  // what a browser holds says nothing: random bytes, and a language with a time
  for (const value of lines.map((line) => line.split(/[=;]/)[1]!))
    expect(value).toMatch(/^(v[dk]_[\w-]{43}|[a-zA-Z-]{2,10}\.\d{13})$/)
})

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { passwordOf, secretOf } from './harness/people.ts'
import { authorizationCode, newPkce, tokensOf } from './harness/relying-party.ts'
import { openWorld } from './harness/world.ts'
import { LOGIN, ME } from './paths.ts'

test('N277 CACHE - no secret is in a log, an event or any row', async () => {
  const own = await openWorld({ closing: onTestFinished, env: { LOG_LEVEL: 'trace' } })
  const secrets = new Set<string>()
  const { rp: party } = own
  const browser = own.browser()
  const remember = (...some: (string | undefined)[]) => {
    for (const one of some) if (one) secrets.add(one)
  }

  const pkce = newPkce()
  const request = await browser.open(
    party.authorizePath('clientConf', { code_challenge: pkce.challenge, code_challenge_method: 'S256' }),
  )
  remember(...browser.jar.values(), pkce.verifier)
  const wrong = 'canary wrong password'
  remember(wrong, passwordOf('bob'), secretOf('clientConf'))
  await browser.signIn(request, 'bob', wrong)
  const code = authorizationCode(await browser.call(LOGIN.PW(request, passwordOf('bob'))))
  remember(code, ...browser.jar.values())
  const tokens = tokensOf(await party.redeem('clientConf', code, { code_verifier: pkce.verifier }))
  const next = tokensOf(await party.refresh('clientConf', tokens.refresh_token))
  await party.refresh('clientConf', tokens.refresh_token)
  await party.token('clientConf', {
    grant_type: 'refresh_token',
    refresh_token: 'vr_canaryrefresh',
    client_secret: 'canary secret in two places',
  })
  remember(
    tokens.access_token,
    tokens.refresh_token,
    tokens.id_token,
    next.access_token,
    next.refresh_token,
    'canaryrefresh',
    'canary secret in two places',
  )
  await party.userinfo(next.access_token)
  await browser.get('/account')
  await browser.call(ME.profile())
  await browser.get(`${own.endpoints.USERINFO}?access_token=canaryinquery`)
  await browser.get(`${own.endpoints.ENDSESSION}?id_token_hint=${tokens.id_token}`)
  await browser.get('/login/req_0?password=canaryinpage')
  remember('canaryinquery', 'canaryinpage')
  const setup = /#(vl_[\w-]+)/.exec(own.server.news())?.[1]
  if (setup) {
    await browser.call({
      method: 'POST',
      path: '/api/password-setup',
      body: { token: setup, newPassword: 'canary password of the first manager' },
    })
    remember(setup, 'canary password of the first manager')
  }
  // broken statements put their parameters into the driver's messages
  await own.rows('alter table access_tokens rename to tokens_gone')
  await party.userinfo(next.access_token)
  await party.redeem('clientConf', code)
  await new Promise((resolve) => setTimeout(resolve, 300))

  expect(secrets.size).toBeGreaterThan(12)
  const folder = own.place.env.DATA_DIR!
  const stored = readdirSync(folder)
    .filter((name) => name !== 'master.key')
    .map((name) => readFileSync(join(folder, name), 'latin1'))
  const log = own.server.log()
  const events = JSON.stringify(await own.rows('select * from events'))
  for (const secret of secrets) {
    expect(log, `log: ${secret}`).not.toContain(secret)
    expect(events, `events: ${secret}`).not.toContain(secret)
    for (const file of stored) expect(file.includes(secret), `file: ${secret}`).toBe(false)
    if (secret !== setup) expect(own.server.news(), secret).not.toContain(secret)
  }
  expect(log.split('\n').length).toBeGreaterThan(15)
})

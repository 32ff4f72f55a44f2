import { copyFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { codeOf } from './harness/http.ts'
import { SERVICES } from './harness/machines.ts'
import { application, CONFIGURATION, withA } from './harness/people.ts'
import { expectRefused } from './harness/refusal.ts'
import { errorOf, tokensOf } from './harness/relying-party.ts'
import { vestibule } from './harness/server.ts'
import { openPlace, openWorld } from './harness/world.ts'
import { ADM, ME, RESET } from './paths.ts'

const VAULT = application({ clientId: 'vault', type: 'web' })

test('N295 FAULT - what was used, rotated and ended after a backup is not alive again in the restored copy', async () => {
  const applications = [...CONFIGURATION.organizations[0]!.applications, VAULT, ...SERVICES.applications]
  const world = await openWorld({ configuration: withA({ ...SERVICES, applications }), closing: onTestFinished })
  const { rp, place } = world
  const file = join(place.env.DATA_DIR!, 'vestibule.db')
  const copy = join(place.folder, 'copy.db')

  const [bob, alice] = [world.browser(), world.browser()]
  const code = await rp.obtainCode(bob, 'clientConf', 'bob')
  const { refresh_token, access_token } = await rp.obtainTokens(alice, 'clientConf', 'alice')
  await alice.get('/account')
  const personal = /va_[\w-]{43}/.exec(await vestibule(place, 'service-user', 'token', 'svcA'))![0]
  const unfinished = await world.browser().open(rp.authorizePath('clientConf'))
  await world.rows('vacuum into ?', copy)

  // what happens after the copy was made
  tokensOf(await rp.redeem('clientConf', code))
  const rotated = tokensOf(await rp.refresh('clientConf', refresh_token))
  const later = await rp.obtainTokens(world.browser(), 'clientConf', 'mallory')
  expect((await alice.call(ME.signOut())).status).toBe(200)
  await world.close()

  for (const name of ['', '-wal', '-shm']) rmSync(file + name, { force: true })
  copyFileSync(copy, file)
  expect(await vestibule(place, 'after-restore')).toMatch(/^Ended: 2 sessions, 2 grants to applications/)
  const again = await openPlace(place)
  onTestFinished(again.close)

  expectRefused(await again.rp.redeem('clientConf', code), 'invalid_grant')
  for (const token of [refresh_token, rotated.refresh_token, later.refresh_token])
    expectRefused(await again.rp.refresh('clientConf', token), 'invalid_grant')
  for (const token of [access_token, rotated.access_token, later.access_token])
    expectRefused(await again.rp.userinfo(token), 'invalid_token')
  for (const browser of [bob, alice]) {
    const there = browser.at(again.server)
    expectRefused(await there.call(ME.profile()), 'unauthenticated')
    expect(errorOf(await again.rp.silently(there, 'clientConf'))).toBe('login_required')
  }
  expect(codeOf(await again.browser().call(RESET.START(unfinished)))).toBe('request_not_found')
  expectRefused(await bob.at(again.server).call(ADM.policy('instance')))
  // what a program holds is no session
  expect((await again.rp.userinfo(personal)).status).toBe(200)
  // and everybody may come in anew
  expect(await again.rp.obtainTokens(again.browser(), 'clientConf', 'alice')).toHaveProperty('access_token')
})

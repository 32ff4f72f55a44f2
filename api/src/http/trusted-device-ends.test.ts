import type { OwnSession } from '@vestibule/shared/contract/me.ts'
import type { OwnFactors } from '@vestibule/shared/contract/own-factors.ts'
import { defaultPolicy } from '@vestibule/shared/policies.ts'
import { describe, expect, test } from 'vitest'
import { jsonOf } from '../testing/answers.ts'
import type { Browser } from '../testing/browser.ts'
import { lastCode } from '../testing/contacts.ts'
import { authorizePath } from '../testing/relying-party.ts'
import { BOB, type Scene } from '../testing/scene.ts'
import { atHome, DAY, isTrusted, removeIn, trustedScene } from '../testing/trust.ts'
import { ISSUER, PASSWORD } from '../testing/world.ts'
import { setPassword } from '../use-cases/password/set-password.ts'

describe('it ends', () => {
  test.each<[string, (scene: Scene) => unknown]>([
    ['at its time', ({ clock }) => clock.advance(29 * DAY)],
    ['where the policy became shorter', (scene) => scene.setPolicy('login', { trustedDeviceLifetime: DAY })],
    ['where the policy lets nobody trust any more', (scene) => scene.setPolicy('login', { trustedDeviceLifetime: 0 })],
    ['with the account in this browser', forget],
    ['with a new password', newPassword],
    ['when all are taken out of the list', fromHome((browser) => removeIn(browser, 'all'))],
    ['when another factor is removed', fromHome(removeAnotherFactor)],
    ['when the address is another one', fromHome(changeAddress)],
    ['when all sessions end', fromHome((browser) => browser.post('/api/me/sessions/end', { session: 'all' }))],
    [
      'when its owner says that it was not them',
      fromHome((browser) => browser.post('/api/me/not-me', {}), newPassword),
    ],
    ['when the other sessions end', fromElsewhere(() => 'others')],
    ['when its session is ended from elsewhere', fromElsewhere((sessions) => sessions.find((one) => !one.current)!.id)],
    ['when a manager makes it shorter, and longer again', throughManager],
  ])('%s', async (_when, happens) => {
    const scene = await trustedScene()
    await happens(scene)
    expect(await isTrusted(scene)).toBe(false)
  })

  test('a moment before its time it counts', async () => {
    const scene = await trustedScene()
    scene.clock.advance(29 * DAY - 1)
    expect(await isTrusted(scene)).toBe(true)
  })
})

/** The same password again, as far as anybody can tell who types it. */
async function newPassword({ deps, userId, acme }: Scene) {
  const hash = await deps.passwords.hash(PASSWORD)
  await deps.db.transaction((tx) => setPassword(deps, tx, { id: userId, organizationId: acme }, hash))
}

/** Something is done on the account pages of the browser that is trusted. */
function fromHome(act: (browser: Browser, scene: Scene) => Promise<Response>, after?: (scene: Scene) => unknown) {
  return async (scene: Scene) => {
    await atHome(scene)
    expect((await act(scene.browser, scene)).status).toBe(200)
    await after?.(scene)
  }
}

async function removeAnotherFactor(browser: Browser, scene: Scene): Promise<Response> {
  await browser.post('/api/me/factors/code-send', { method: 'email_code' })
  await browser.post('/api/me/factors/code', { method: 'email_code', code: await lastCode(scene) })
  const { factors } = await jsonOf<OwnFactors>(await browser.get('/api/me/factors'))
  return browser.post('/api/me/factors/remove', { id: factors.find(({ type }) => type === 'email_code')!.id })
}

async function changeAddress(browser: Browser, scene: Scene): Promise<Response> {
  await browser.post('/api/me/email', { value: 'robert@acme.test' })
  const answer = await browser.post('/api/me/email/code', { code: await lastCode(scene) })
  await scene.deps.db.transaction((tx) =>
    scene.deps.repositories.users.replaceIdentifier(tx, scene.userId, scene.acme, {
      kind: 'email',
      value: BOB,
      verifiedAt: scene.clock.now(),
    }),
  )
  return answer
}

/** Bob ends a session in another browser, where he proved both. */
function fromElsewhere(which: (sessions: OwnSession[]) => string) {
  return async (scene: Scene) => {
    const there = scene.world.browser()
    await atHome(scene, there)
    const { sessions } = await jsonOf<{ sessions: OwnSession[] }>(await there.get('/api/me/sessions'))
    expect((await there.post('/api/me/sessions/end', { session: which(sessions) })).status).toBe(200)
  }
}

async function throughManager(scene: Scene) {
  const { world, browser, acme } = scene
  await world.grant(scene.userId, 'instance_owner')
  await atHome(scene)
  const headers = { 'content-type': 'application/json', origin: ISSUER }
  for (const trustedDeviceLifetime of [300, 30 * DAY]) {
    const body = JSON.stringify({ ...defaultPolicy('login'), trustedDeviceLifetime })
    const path = `/api/v1/organizations/${acme}/policies/login`
    expect((await browser.send(path, { method: 'PUT', headers, body })).status).toBe(200)
  }
}

/** Bob takes the account out of the picker. */
async function forget({ browser }: Scene) {
  const request = await browser.open(authorizePath('ledger', { prompt: 'select_account' }))
  const { step } = await browser.step(request)
  if (step.kind !== 'select_account') throw new Error(step.kind)
  await browser.post(`/api/login/${request}/forget`, { session: step.accounts[0]!.session })
}

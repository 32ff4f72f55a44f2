import type { OwnData } from '@vestibule/shared/contract/own-data.ts'
import type { OwnTrustedDevices } from '@vestibule/shared/contract/own-trusted-devices.ts'
import { describe, expect, test } from 'vitest'
import { expectProblem, jsonOf } from '../testing/answers.ts'
import type { Browser } from '../testing/browser.ts'
import { atHome, DAY, isTrusted, removeIn, trustedScene } from '../testing/trust.ts'
import { PASSWORD } from '../testing/world.ts'

const listIn = async (browser: Browser) => jsonOf<OwnTrustedDevices>(await browser.get('/api/me/trusted-devices'))

describe('the list on the account pages', () => {
  test('says which browsers are trusted since when and until when, and which of them this is', async () => {
    const scene = await trustedScene()
    const since = scene.clock.now()
    const there = scene.world.browser()
    await atHome(scene, there)
    expect(await listIn(there)).toMatchObject({ isAllowed: true, devices: [{ current: false }] })
    await atHome(scene)
    const { devices } = await listIn(scene.browser)
    const until = new Date(since + 30 * DAY * 1000).toISOString()
    expect(devices).toMatchObject([{ current: true, trustedAt: new Date(since).toISOString(), until }])
  })

  test('says nothing of trust that is over, nor of other people', async () => {
    const scene = await trustedScene()
    await atHome(scene)
    await scene.setPolicy('login', { trustedDeviceLifetime: 300 })
    expect(await listIn(scene.browser)).toEqual({ isAllowed: true, devices: [] })
    await scene.setPolicy('login', { trustedDeviceLifetime: 0 })
    expect(await listIn(scene.browser)).toEqual({ isAllowed: false, devices: [] })
  })

  test('N067 lets nobody take one away by an old proof, nor one that is not theirs', async () => {
    const scene = await trustedScene()
    await atHome(scene)
    const [{ id } = { id: '' }] = (await listIn(scene.browser)).devices
    const other = scene.world.browser()
    await scene.addUser('ann')
    await other.signIn(await other.open('/account'), 'ann@acme.test', PASSWORD)
    await expectProblem(await removeIn(other, id), 404, 'not_found')
    scene.clock.advance(301)
    await expectProblem(await removeIn(scene.browser, id), 401, 'reauth_required')
    expect(await isTrusted(scene)).toBe(true)
  })

  test('one that was taken away is gone, once, and it is written down; the session goes on', async () => {
    const scene = await trustedScene()
    await atHome(scene)
    const [{ id } = { id: '' }] = (await listIn(scene.browser)).devices
    expect(await jsonOf(await removeIn(scene.browser, id))).toEqual({ isAllowed: true, devices: [] })
    await expectProblem(await removeIn(scene.browser, id), 404, 'not_found')
    expect((await scene.browser.get('/api/me')).status).toBe(200)
    expect((await scene.events()).filter(({ type }) => type === 'user.device_distrusted')).toHaveLength(1)
    expect(await isTrusted(scene)).toBe(false)
  })
})

test('the export of own data holds them, and not what vouches for them', async () => {
  const scene = await trustedScene()
  await atHome(scene)
  const answer = await jsonOf<{ data: OwnData }>(await scene.browser.post('/api/me/export', {}))
  expect(answer.data.trustedDevices).toMatchObject([{ factor: 'totp' }])
  expect(Object.keys(answer.data.trustedDevices[0]!).toSorted()).toEqual([
    'checkedAt',
    'expiresAt',
    'factor',
    'id',
    'userAgent',
  ])
})

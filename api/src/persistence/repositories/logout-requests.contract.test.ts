import { expect, test } from 'vitest'
import type { DeviceId, LogoutRequestId } from '../../domain/ids.ts'
import { describeOnEveryDatabase } from '../testing/databases.ts'
import { addDevice, LATER, NOW, nextId, race } from '../testing/rows.ts'
import { logoutRequestRepository } from './logout-requests.ts'

describeOnEveryDatabase('logout requests', (open) => {
  const begun = async () => {
    const db = await open()
    const requests = logoutRequestRepository(db)
    const deviceId = await addDevice(db)
    const times = { createdAt: NOW, expiresAt: LATER }
    const row = {
      id: nextId<LogoutRequestId>('out'),
      deviceId,
      applicationId: null,
      redirectUri: null,
      state: 's',
      ...times,
    }
    await db.transaction((tx) => requests.create(tx, row))
    return { db, requests, row }
  }

  test('it comes back as it was sent, to the browser that sent it only', async () => {
    const { requests, row } = await begun()
    expect(await requests.find(row.id, row.deviceId)).toEqual({ ...row, frames: null, finishedAt: null })
    expect(await requests.find(row.id, 'dev_other' as DeviceId)).toBeNull()
  })

  test('exactly one of those who race finishes it', async () => {
    const { db, requests, row } = await begun()
    const all = await race(db, 20, (tx, nth) => requests.finish(tx, row.id, NOW + nth, [`https://rp.test/${nth}`]))
    expect(all.filter(Boolean)).toHaveLength(1)
    const winner = all.indexOf(true)
    const frames = [`https://rp.test/${winner}`]
    expect(await requests.find(row.id, row.deviceId)).toMatchObject({ finishedAt: NOW + winner, frames })
  })

  test('nobody finishes it at its end', async () => {
    const { db, requests, row } = await begun()
    expect(await db.transaction((tx) => requests.finish(tx, row.id, LATER, []))).toBe(false)
    expect(await db.transaction((tx) => requests.finish(tx, row.id, LATER - 1, []))).toBe(true)
  })
})

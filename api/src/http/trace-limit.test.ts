import { describe, expect, test } from 'vitest'
import { cleanUp } from '../jobs/clean-up.ts'
import { createScene } from '../testing/scene.ts'
import { createTraceLimit } from './trace-limit.ts'

const TEN_MINUTES = 600_000
const often = (times: number, take: (nth: number) => boolean) =>
  Array.from({ length: times }, (_, nth) => take(nth)).filter(Boolean).length

describe('N284 DOS - refused requests fill no database', () => {
  const limited = () => {
    const clock = { at: 0, now: () => clock.at }
    return { clock, ...createTraceLimit(clock, 1) }
  }

  test('one address leaves thirty traces in ten minutes, whatever it calls itself', () => {
    const { take, clock } = limited()
    const flood = () => often(1000, (nth) => take(`client ${nth}`, '203.0.113.7'))
    expect(flood()).toBe(30)
    clock.at += TEN_MINUTES - 1
    expect(flood()).toBe(0)
    clock.at += 1
    expect(flood()).toBe(30)
  })

  test('one client sixty, from wherever', () => {
    const { take } = limited()
    expect(often(1000, (nth) => take('shop', `address ${nth}`))).toBe(60)
    expect(take('other', 'address 1')).toBe(true)
  })

  test('all together two hundred', () => {
    const { take } = limited()
    expect(often(9000, (nth) => take(`client ${nth}`, `address ${nth}`))).toBe(200)
  })

  test('what is beyond is answered in the same way, counted, and leaves no row', async () => {
    const { authorize, deps, clock } = await createScene()
    const rows = async () => (await deps.db.query.select().from(deps.db.tables.traces)).length
    const answers = []
    for (let nth = 0; nth < 40; nth++) answers.push((await authorize({ redirect_uri: 'https://evil.test' })).status)
    expect(new Set(answers)).toEqual(new Set([400]))
    expect(await rows()).toBe(30)
    expect([deps.tallies.traces.of('written'), deps.tallies.traces.of('dropped')]).toEqual([30, 10])
    clock.advance(7 * 86_400 + 1)
    await cleanUp(deps)
    expect(await rows()).toBe(0)
  })

  test('one that can not be written changes no answer', async () => {
    const { authorize, deps, logLines } = await createScene({ env: { LOG_LEVEL: 'warn' } })
    Object.assign(deps.repositories.traces, { create: () => Promise.reject(new Error('the disk is full')) })
    expect((await authorize({ redirect_uri: 'https://evil.test' })).status).toBe(400)
    expect(deps.tallies.traces.of('failed')).toBe(1)
    expect(logLines.join('')).toContain('a trace could not be written')
  })
})

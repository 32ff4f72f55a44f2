import { afterEach, expect, test, vi } from 'vitest'
import type { Counts } from './phase.ts'
import { runPhases } from './run-phases.ts'

const log = vi.spyOn(console, 'log').mockImplementation(() => {})
afterEach(() => log.mockClear())

const phase = (name: string, counts: Counts) => ({ name, run: async () => counts })
const lastLine = () => log.mock.calls.flat().join('\n').split('\n').at(-1)

test('the last line is the sum, and the exit code says whether anything failed', async () => {
  const green = [phase('a', { passed: 2, failed: 0 }), phase('b', { passed: 40, failed: 0 })]
  expect(await runPhases(green, [])).toBe(0)
  expect(lastLine()).toBe('42 passed, 0 failed')
  expect(await runPhases([...green, phase('c', { passed: 0, failed: 3 })], [])).toBe(1)
  expect(lastLine()).toBe('42 passed, 3 failed')
})

test('what failed is said again at the end', async () => {
  await runPhases([phase('a', { passed: 0, failed: 1, failures: ['b.test.ts > adds: expected 2'] })], [])
  expect(log.mock.calls.flat().at(-2)).toBe('\nFAILED a: b.test.ts > adds: expected 2')
})

test('a phase that crashes is one failure, and the next one runs', async () => {
  const crash = { name: 'crash', run: () => Promise.reject(new Error('no browser')) }
  expect(await runPhases([crash, phase('after', { passed: 1, failed: 0 })], [])).toBe(1)
  expect(log.mock.calls.flat()).toContain('no browser')
  expect(lastLine()).toBe('1 passed, 1 failed')
})

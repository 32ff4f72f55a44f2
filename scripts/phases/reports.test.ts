import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { countPlaywright, countVitest } from './reports.ts'

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'reports-'))
afterAll(() => fs.rmSync(folder, { recursive: true }))

function write(report: unknown): string {
  const file = path.join(folder, 'report.json')
  fs.writeFileSync(file, JSON.stringify(report))
  return file
}

describe('vitest', () => {
  const file = (status: string, ...tests: string[]) => ({
    status,
    assertionResults: tests.map((one) => ({ status: one })),
  })

  test.each([
    ['tests are counted', 3, 1, [file('failed', 'passed', 'failed'), file('passed', 'passed', 'passed')], 1, [3, 1]],
    ['a file that does not load is a failure', 2, 0, [file('failed'), file('passed', 'passed', 'passed')], 1, [2, 1]],
    ['a failure beside the tests is one', 2, 0, [file('passed', 'passed', 'passed')], 1, [2, 1]],
    ['no test at all is a failure', 0, 0, [], 1, [0, 1]],
    ['nothing failed', 2, 0, [file('passed', 'passed', 'passed')], 0, [2, 0]],
  ] as const)('%s', (_, numPassedTests, numFailedTests, testResults, exitCode, [passed, failed]) => {
    expect(countVitest(write({ numPassedTests, numFailedTests, testResults }), exitCode)).toEqual({ passed, failed })
  })
})

describe('Playwright', () => {
  test.each([
    ['tests are counted', { expected: 3, unexpected: 1, flaky: 0 }, [], 1, [3, 1]],
    ['a test that passes only when repeated is a failure', { expected: 3, unexpected: 0, flaky: 2 }, [], 0, [3, 2]],
    ['an error beside the tests is one', { expected: 3, unexpected: 0, flaky: 0 }, [{}], 1, [3, 1]],
    ['nothing failed', { expected: 3, unexpected: 0, flaky: 0 }, [], 0, [3, 0]],
  ] as const)('%s', (_, stats, errors, exitCode, [passed, failed]) => {
    expect(countPlaywright(write({ stats, errors }), exitCode)).toEqual({ passed, failed })
  })
})

test('a suite that crashed before it reported is an error', () => {
  expect(() => countVitest(path.join(folder, 'none.json'), 1)).toThrow('without a report')
})

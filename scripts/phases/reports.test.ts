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
    name: path.resolve('a.test.ts'),
    status,
    message: 'no such module\n    at line 1',
    assertionResults: tests.map((one) => ({
      status: one,
      fullName: 'adds',
      failureMessages: one === 'failed' ? ['\u001b[31mexpected 2\u001b[39m\n    at line 2'] : [],
    })),
  })

  test.each([
    ['tests are counted', 3, 1, [file('failed', 'passed', 'failed'), file('passed', 'passed', 'passed')], 1, [3, 1]],
    ['a file that does not load is a failure', 2, 0, [file('failed'), file('passed', 'passed', 'passed')], 1, [2, 1]],
    ['a failure beside the tests is one', 2, 0, [file('passed', 'passed', 'passed')], 1, [2, 1]],
    ['no test at all is a failure', 0, 0, [], 1, [0, 1]],
    ['nothing failed', 2, 0, [file('passed', 'passed', 'passed')], 0, [2, 0]],
  ] as const)('%s', (_, numPassedTests, numFailedTests, testResults, exitCode, [passed, failed]) => {
    expect(countVitest(write({ numPassedTests, numFailedTests, testResults }), exitCode)).toMatchObject({
      passed,
      failed,
    })
  })

  test('what failed is named, with the first line of what it said', () => {
    const testResults = [file('failed', 'passed', 'failed'), file('failed'), file('passed', 'passed')]
    expect(countVitest(write({ numPassedTests: 2, numFailedTests: 1, testResults }), 1).failures).toEqual([
      'a.test.ts > adds: expected 2',
      'a.test.ts: no such module',
    ])
  })
})

describe('Playwright', () => {
  test.each([
    ['tests are counted', { expected: 3, unexpected: 1, flaky: 0 }, [], 1, [3, 1]],
    ['a test that passes only when repeated is a failure', { expected: 3, unexpected: 0, flaky: 2 }, [], 0, [3, 2]],
    ['an error beside the tests is one', { expected: 3, unexpected: 0, flaky: 0 }, [{}], 1, [3, 1]],
    ['nothing failed', { expected: 3, unexpected: 0, flaky: 0 }, [], 0, [3, 0]],
  ] as const)('%s', (_, stats, errors, exitCode, [passed, failed]) => {
    expect(countPlaywright(write({ stats, errors, suites: [] }), exitCode)).toMatchObject({ passed, failed })
  })

  test('what failed is named, however deep it stands', () => {
    const spec = (status: string, message?: string) => ({
      file: 'a.spec.ts',
      line: 7,
      title: 'signs in',
      tests: [{ status, results: [{ error: message ? { message } : undefined }] }],
    })
    const inner = { title: 'inner', specs: [spec('unexpected', 'Timed out\nat 3'), spec('expected')] }
    const suites = [{ title: 'a.spec.ts', specs: [spec('flaky', 'Closed')], suites: [inner] }]
    const report = { stats: { expected: 1, unexpected: 1, flaky: 1 }, errors: [{ message: 'No browser' }], suites }
    expect(countPlaywright(write(report), 1).failures).toEqual([
      'a.spec.ts:7 > signs in: Closed',
      'a.spec.ts:7 > signs in: Timed out',
      'No browser',
    ])
  })
})

test('a suite that crashed before it reported is an error', () => {
  expect(() => countVitest(path.join(folder, 'none.json'), 1)).toThrow('without a report')
})

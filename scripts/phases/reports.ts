import fs from 'node:fs'
import type { Counts } from './phase.ts'

type VitestReport = {
  numPassedTests: number
  numFailedTests: number
  testResults: { status: string; assertionResults: { status: string }[] }[]
}
type PlaywrightReport = { stats: { expected: number; unexpected: number; flaky: number }; errors: unknown[] }

/** Counts the tests of vitest's JSON report; a file that fails without a failed test (it does not load) counts as one. */
export function countVitest(file: string, exitCode: number): Counts {
  const { numPassedTests, numFailedTests, testResults } = read<VitestReport>(file)
  const broken = testResults.filter((result) => {
    return result.status === 'failed' && !result.assertionResults.some(({ status }) => status === 'failed')
  })
  return withExitCode({ passed: numPassedTests, failed: numFailedTests + broken.length }, exitCode)
}

/** Counts the tests of Playwright's JSON report; one that passes only when repeated has failed. */
export function countPlaywright(file: string, exitCode: number): Counts {
  const { stats, errors } = read<PlaywrightReport>(file)
  return withExitCode({ passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length }, exitCode)
}

/** A suite may fail beside its tests: an unhandled rejection, no test at all, a teardown. */
function withExitCode({ passed, failed }: Counts, exitCode: number): Counts {
  return { passed, failed: exitCode === 0 ? failed : Math.max(failed, 1) }
}

function read<Report>(file: string): Report {
  if (!fs.existsSync(file)) throw new Error('The suite ended without a report.')
  return JSON.parse(fs.readFileSync(file, 'utf8')) as Report
}

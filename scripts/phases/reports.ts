import fs from 'node:fs'
import path from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import type { Counts } from './phase.ts'

type VitestReport = { numPassedTests: number; numFailedTests: number; testResults: VitestFile[] }
type VitestFile = { name: string; status: string; message: string; assertionResults: VitestTest[] }
type VitestTest = { status: string; fullName: string; failureMessages: string[] }

type PlaywrightReport = {
  stats: { expected: number; unexpected: number; flaky: number }
  errors: { message?: string }[]
  suites: PlaywrightSuite[]
}
type PlaywrightSuite = { title: string; specs: PlaywrightSpec[]; suites?: PlaywrightSuite[] }
type PlaywrightSpec = {
  file: string
  line: number
  title: string
  tests: { status: string; results: { error?: { message?: string } }[] }[]
}

/** Counts the tests of vitest's JSON report; a file that fails without a failed test (it does not load) counts as one. */
export function countVitest(file: string, exitCode: number): Counts {
  const { numPassedTests, numFailedTests, testResults } = read<VitestReport>(file)
  const failures = testResults.flatMap((one) => describeVitest(one))
  const broken = testResults.filter((one) => one.status === 'failed' && !one.assertionResults.some(isFailed))
  return withExitCode({ passed: numPassedTests, failed: numFailedTests + broken.length, failures }, exitCode)
}

/** Counts the tests of Playwright's JSON report; one that passes only when repeated has failed. */
export function countPlaywright(file: string, exitCode: number): Counts {
  const { stats, errors, suites } = read<PlaywrightReport>(file)
  const failures = [...suites.flatMap(describePlaywright), ...errors.map(({ message }) => firstLine(message))]
  return withExitCode(
    { passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length, failures },
    exitCode,
  )
}

const isFailed = ({ status }: { status: string }) => status === 'failed'

function describeVitest({ name, status, message, assertionResults }: VitestFile): string[] {
  const file = path.relative('.', name)
  const failed = assertionResults.filter(isFailed)
  if (status === 'failed' && failed.length === 0) return [`${file}: ${firstLine(message)}`]
  return failed.map(({ fullName, failureMessages }) => `${file} > ${fullName}: ${firstLine(failureMessages[0])}`)
}

function describePlaywright({ specs, suites = [] }: PlaywrightSuite): string[] {
  const failed = specs.flatMap(({ file, line, title, tests }) => {
    const bad = tests.filter(({ status }) => status === 'unexpected' || status === 'flaky')
    return bad.map(({ results }) => `${file}:${line} > ${title}: ${firstLine(results.find(hasError)?.error?.message)}`)
  })
  return [...failed, ...suites.flatMap(describePlaywright)]
}

const hasError = ({ error }: { error?: unknown }) => error !== undefined

const firstLine = (message = '') => stripVTControlCharacters(message).split('\n')[0] ?? ''

/** A suite may fail beside its tests: an unhandled rejection, no test at all, a teardown. */
function withExitCode(counts: Counts, exitCode: number): Counts {
  return { ...counts, failed: exitCode === 0 ? counts.failed : Math.max(counts.failed, 1) }
}

function read<Report>(file: string): Report {
  if (!fs.existsSync(file)) throw new Error('The suite ended without a report.')
  return JSON.parse(fs.readFileSync(file, 'utf8')) as Report
}

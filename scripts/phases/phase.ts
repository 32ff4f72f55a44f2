/** What a phase of `npm test` came to. */
export type Counts = {
  passed: number
  failed: number
  /** What failed, a line each: the file, the test and the first line of what it said. */
  failures?: string[]
}

export type Phase = {
  name: string
  /** @param filters names of test files, for the suites */
  run: (filters: readonly string[]) => Promise<Counts>
}

export const PASSED: Counts = { passed: 1, failed: 0 }
export const FAILED: Counts = { passed: 0, failed: 1 }

export const sum = (all: readonly Counts[]): Counts => ({
  passed: all.reduce((total, { passed }) => total + passed, 0),
  failed: all.reduce((total, { failed }) => total + failed, 0),
  failures: all.flatMap(({ failures = [] }) => failures),
})

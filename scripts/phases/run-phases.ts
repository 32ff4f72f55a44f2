import { stopSignal } from '../children.mjs'
import { type Counts, FAILED, type Phase, sum } from './phase.ts'

type Line = Counts & { name: string; seconds: number }

/**
 * Runs the phases in order, each to its end whatever the ones before came to, and prints how many passed and failed. The last line is
 * exactly `N passed, N failed`, so that any CI can read it.
 * @returns exit code: 1 when anything failed
 */
export async function runPhases(phases: readonly Phase[], filters: readonly string[]): Promise<number> {
  const lines: Line[] = []
  for (const phase of phases) {
    if (stopSignal()) break
    console.log(`\n=== ${phase.name}`)
    const begin = performance.now()
    const counts = await runPhase(phase, filters)
    lines.push({ name: phase.name, ...counts, seconds: (performance.now() - begin) / 1000 })
  }
  const total = sum(lines)
  // last, so that who reads only the end of a long log finds them
  for (const { name, failures = [] } of lines) for (const one of failures) console.log(`\nFAILED ${name}: ${one}`)
  console.log(`\n${lines.map(describe).join('\n')}\n\n${total.passed} passed, ${total.failed} failed`)
  return total.failed > 0 || stopSignal() ? 1 : 0
}

/** A phase that crashes counts as one failure. */
async function runPhase({ run }: Phase, filters: readonly string[]): Promise<Counts> {
  try {
    return await run(filters)
  } catch (error) {
    console.log(error instanceof Error ? error.message : error)
    return FAILED
  }
}

const describe = ({ name, passed, failed, seconds }: Line) =>
  `${name.padEnd(12)} ${`${passed} passed`.padStart(12)} ${`${failed} failed`.padStart(10)} ${seconds.toFixed(1).padStart(7)} s`

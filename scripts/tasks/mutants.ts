import { execFile } from 'node:child_process'
import fs from 'node:fs'
import { promisify } from 'node:util'
import { MUTANTS, type Mutant } from '../mutants/mutants.ts'

const run = promisify(execFile)
const VITEST = ['node_modules/vitest/vitest.mjs', 'run', '--config=scripts/mutants/vitest.config.ts', '--bail=1']
/** The tables take milliseconds and notice most; the random situations are asked about the rest. */
const FILES = [['login/rules/', 'next-step.test.ts'], ['next-step.property.test.ts']]

/** Every mistake in the list is made in the rules, one after the other, and the tests of the rules must notice. Prints the list. */
export async function mutants(): Promise<number> {
  if (!(await pass(null))) return report('The tests fail without any mistake.')
  let survivors = 0
  for (const mutant of MUTANTS) {
    if (!isPlain(mutant)) return report(`"${mutant.name}": what it replaces does not stand once in ${mutant.file}`)
    const survived = await pass(mutant)
    if (survived) survivors++
    console.log(`${survived ? 'SURVIVED' : 'killed  '}  ${mutant.name}`)
  }
  console.log(`\n${MUTANTS.length - survivors} of ${MUTANTS.length} killed`)
  return survivors === 0 ? 0 : 1
}

const isPlain = ({ file, from }: Mutant) => fs.readFileSync(file, 'utf8').split(from).length === 2

/** Whether the tests pass with this mistake in the rules. */
async function pass(mutant: Mutant | null): Promise<boolean> {
  for (const files of FILES) {
    try {
      await run(process.execPath, [...VITEST, ...files], { env: { ...process.env, MUTANT: mutant?.name ?? '' } })
    } catch {
      return false
    }
  }
  return true
}

function report(problem: string): number {
  console.error(problem)
  return 1
}

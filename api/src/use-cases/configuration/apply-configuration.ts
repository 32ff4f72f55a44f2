import type { Configuration } from '@vestibule/shared/configuration.ts'
import type { Deps, Executor } from '../../deps.ts'
import { describeChange } from './describe.ts'
import { execute } from './execute.ts'
import { type Execution, type PlainPassword, plainPasswords } from './execution.ts'
import { BadConfiguration } from './fault.ts'
import { oneAtATime } from './one-at-a-time.ts'
import { passwordFaults } from './password-faults.ts'
import { planChanges } from './plan.ts'
import { readState, type State } from './state.ts'

export type Applied = {
  /** One line a change, in the order in which they are made. */
  diff: string[]
  /** Of new confidential applications whose secret nobody chose: shown once, stored nowhere. */
  secrets: readonly { clientId: string; secret: string }[]
}

/**
 * Makes the instance what the configuration says, in one transaction; a second time there is nothing to do. A dry run computes the same
 * plan and stops there.
 * @throws BadConfiguration with every fault; Unavailable. Nothing was changed then.
 */
export async function applyConfiguration(deps: Deps, configuration: Configuration, isDryRun = false): Promise<Applied> {
  const hashes = new Map<string, string>()
  for (;;) {
    const outcome = await deps.db.transaction(async (tx): Promise<Applied | Unready> => {
      if (!isDryRun) await oneAtATime(deps, tx)
      const state = await readState(deps, tx, configuration)
      const { changes, faults } = planChanges(state, configuration)
      if (faults.length > 0) throw new BadConfiguration(faults)
      const passwords = plainPasswords(changes).filter(({ key }) => !hashes.has(key))
      if (passwords.length > 0) return { state, passwords }
      const diff = changes.map(describeChange)
      if (isDryRun) return { diff, secrets: [] }
      const execution = begin(deps, tx, state, hashes)
      for (const change of changes) await execute(execution, change)
      return { diff, secrets: execution.secrets }
    })
    if ('diff' in outcome) return outcome
    // no transaction waits for a hash: the plan says whose is needed, and is made anew once they are there
    const faults = await passwordFaults(deps, outcome.state, configuration, outcome.passwords)
    if (faults.length > 0) throw new BadConfiguration(faults)
    await hashAll(isDryRun ? null : deps, outcome.passwords, hashes)
  }
}

/** Passwords that nobody has looked at yet. */
type Unready = { state: State; passwords: PlainPassword[] }

function begin(deps: Deps, tx: Executor, state: State, hashes: ReadonlyMap<string, string>): Execution {
  const organizations = new Map([...state.organizations].map(([domain, { id }]) => [domain, id]))
  return { deps, tx, now: deps.clock.now(), organizations, hashes, secrets: [] }
}

/** So many at once that the processors are busy, and so few that the hasher's line is never full. */
const LANES = 8

/** Without `deps` nothing is hashed: a dry run only wants to know that they are good. */
async function hashAll(deps: Deps | null, passwords: PlainPassword[], hashes: Map<string, string>): Promise<void> {
  for (let start = 0; start < passwords.length; start += LANES)
    await Promise.all(
      passwords
        .slice(start, start + LANES)
        .map(async ({ key, plain }) => hashes.set(key, deps ? await deps.passwords.hash(plain) : '')),
    )
}

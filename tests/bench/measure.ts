import type { Running } from './flows/running.ts'
import { install } from './installation.ts'
import type { Work } from './operations.ts'
import { alternate, type Contender, type Effort, withServers } from './processor-time.ts'
import type { Subject } from './subjects/subject.ts'

export type Prepare = (running: Running) => Promise<Work>
/** What was measured, by the name of the server: a value a round. */
type Measured = { name: string; rounds: number[] }

/** Installs and starts servers, and measures the same work at each of them and at those that run already. */
export async function measure(
  subjects: Subject[],
  prepare: Prepare,
  batch: number,
  effort: Effort,
  others: Contender[] = [],
): Promise<[Measured, Measured]> {
  const { installations, remove } = await install(subjects, 'full')
  try {
    const rounds = await withServers(installations, async (servers) => {
      const contenders: Contender[] = []
      for (const running of servers) {
        const { subject, port, pid } = running
        contenders.push({ name: subject.name, port, pid, work: await prepare(running) })
      }
      return alternate([...contenders, ...others], batch, effort)
    })
    return [...rounds].map(([name, values]) => ({ name, rounds: values })) as [Measured, Measured]
  } finally {
    remove()
  }
}

import { randomUUID } from 'node:crypto'
import type { Deps } from '../deps.ts'
import { deleteAccounts } from '../use-cases/deletion/delete-accounts.ts'
import { rotateWhenDue } from '../use-cases/keys/rotate-keys.ts'
import { cleanUp } from './clean-up.ts'
import { sealEvents } from './seal-events.ts'

type Job = {
  name: string
  /** Milliseconds between runs; jittered, so that many processes do not act at once. */
  every: number
  /** One process at a time. */
  isLed: boolean
  run(deps: Deps): Promise<unknown>
}

const MINUTE = 60_000

const JOBS: readonly Job[] = [
  { name: 'reload signing keys', every: 2_000, isLed: false, run: ({ keys }) => keys.reload() },
  { name: 'seal events', every: 2_000, isLed: true, run: sealEvents },
  { name: 'clean up', every: 10 * MINUTE, isLed: true, run: cleanUp },
  { name: 'delete accounts', every: 10 * MINUTE, isLed: true, run: deleteAccounts },
  { name: 'rotate signing keys', every: 60 * MINUTE, isLed: true, run: rotateWhenDue },
]

/** A lease outlives a run by far, and a dead process by little. */
const LEASE = 30_000

/** Starts the periodic work. The returned function stops it and waits for what is running. */
export function startJobs(deps: Deps, jobs = JOBS): () => Promise<void> {
  const holder = randomUUID()
  const timers = new Map<Job, NodeJS.Timeout>()
  const running = new Set<Promise<void>>()
  let isStopped = false

  async function run(job: Job): Promise<void> {
    try {
      if (!job.isLed || (await lead(deps, job, holder))) await job.run(deps)
    } catch (error) {
      deps.log.error({ job: job.name, error }, 'job failed')
    }
  }
  function plan(job: Job): void {
    if (isStopped) return
    const wait = job.every * (0.9 + Math.random() * 0.2)
    const timer = setTimeout(() => {
      const work = run(job).finally(() => {
        running.delete(work)
        plan(job)
      })
      running.add(work)
    }, wait)
    timers.set(job, timer.unref())
  }
  for (const job of jobs) plan(job)

  return async () => {
    isStopped = true
    for (const timer of timers.values()) clearTimeout(timer)
    await Promise.all(running)
  }
}

const lead = ({ db, repositories, clock }: Deps, { name, every }: Job, holder: string): Promise<boolean> =>
  db.transaction((tx) => {
    const now = clock.now()
    return repositories.leases.take(tx, { name, holder, now, expiresAt: now + Math.min(LEASE, every * 2) })
  })

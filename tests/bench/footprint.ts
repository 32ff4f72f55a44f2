import { setTimeout as sleep } from 'node:timers/promises'
import { Browser } from './driver/browser.ts'
import { inLanes } from './driver/lanes.ts'
import { signIn } from './flows/sign-in.ts'
import { type Installation, start } from './installation.ts'
import { residentMemory } from './machine/processor.ts'
import { median } from './statistics.ts'
import { USERS, type User } from './world.ts'

/** Start to first answer in milliseconds (median), and resident memory in MB when idle after one login. */
export type Footprint = { startMs: number; idleMb: number }

const IDLE_MS = 5000

/** Starts every server several times, in alternation. The start that builds the data is not counted. */
export async function measureFootprint(installations: Installation[], starts: number): Promise<Map<string, Footprint>> {
  const times = new Map(installations.map(({ subject }) => [subject.name, [] as number[]]))
  for (let round = 0; round <= starts; round++) {
    for (const installation of installations) {
      const { child } = await start(installation)
      if (round > 0) times.get(installation.subject.name)?.push(child.startMs)
      await child.stop()
    }
  }
  const footprints = new Map<string, Footprint>()
  for (const installation of installations) {
    const { name } = installation.subject
    footprints.set(name, { startMs: median(times.get(name) ?? []), idleMb: await idleMemory(installation) })
  }
  return footprints
}

async function idleMemory(installation: Installation): Promise<number> {
  const { child, running } = await start(installation)
  try {
    await inLanes(running.port, 1, async (connection) => {
      await signIn(new Browser(connection, running.origin), running, USERS[0] as User)
    })
    await sleep(IDLE_MS)
    return residentMemory(child.pid)
  } finally {
    await child.stop()
  }
}

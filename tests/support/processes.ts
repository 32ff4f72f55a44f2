import { type Child, freePort, serve } from './child.ts'
import { type Side, startRoundRobin } from './round-robin.ts'

/** What answers at the address of a server: one process, or several. */
export type Processes = {
  output: () => string
  /** Stops what runs, and starts it again with these options of node. */
  restart: (options: string[]) => Promise<void>
  stop: () => Promise<void>
}

type Settings = Record<string, string>

/** `E2E_PROCESSES=2`: two, behind a proxy that takes turns, on a database that both can reach. */
export const startProcesses = (port: number, settings: Settings): Promise<Processes> =>
  process.env.E2E_PROCESSES === '2' && settings.DATABASE_URL ? startTwo(port, settings) : startOne(port, settings)

const open = (port: number, settings: Settings, options: string[] = []): Promise<Child> =>
  serve(
    { args: [...options, 'api/src/main.ts'], env: { ...settings, PORT: String(port) } },
    `http://127.0.0.1:${port}/readyz`,
  )

async function startOne(port: number, settings: Settings): Promise<Processes> {
  let child = await open(port, settings)
  return {
    output: () => child.output(),
    async restart(options) {
      await child.stop()
      child = await open(port, settings, options)
    },
    stop: () => child.stop(),
  }
}

/** The first one is killed in the middle; nobody notices, and a restart brings it back. */
async function startTwo(port: number, settings: Settings): Promise<Processes> {
  const ports = [await freePort(), await freePort()]
  const start = async (options: string[] = []) => {
    const children: Child[] = []
    // one after the other: the first one makes the keys
    for (const one of ports) children.push(await open(one, settings, options))
    return children
  }
  let children = await start()
  const sides: Side[] = ports.map((one, at) => ({ port: one, isLive: true, kill: () => children[at]!.kill() }))
  const proxy = await startRoundRobin(port, sides)
  const end = () => Promise.all(children.map((child) => child.stop()))
  return {
    output: () => children.map((child) => child.output()).join(''),
    async restart(options) {
      await end()
      children = await start(options)
      for (const side of sides) side.isLive = true
    },
    async stop() {
      await proxy.stop()
      await end()
    },
  }
}

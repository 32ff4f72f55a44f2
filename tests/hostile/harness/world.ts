import { cpSync, mkdirSync } from 'node:fs'
import { afterAll, inject } from 'vitest'
import { DISCO } from '../paths.ts'
import { createBrowser } from './browser.ts'
import { openRows } from './database.ts'
import { type Door, json, send } from './http.ts'
import { CONFIGURATION } from './people.ts'
import type { Environment } from './program.ts'
import { createRelyingParty, DISCOVERED, type Endpoints } from './relying-party.ts'
import { apply, createPlace, type Place, type Server, startServer } from './server.ts'

export type World = Awaited<ReturnType<typeof openWorld>>
type Options = {
  env?: Environment
  configuration?: object
  /** When it closes: with the file, or with the test (`onTestFinished`). */
  closing?: (close: () => Promise<void>) => void
}

/** A configured server with nobody signed in. It closes with the test file, unless said otherwise. */
export async function openWorld({ env = {}, configuration = CONFIGURATION, closing = afterAll }: Options = {}) {
  const place = await createPlace(env)
  if (isUsual(env, configuration)) copyTemplate(place.env.DATA_DIR!)
  else await apply(place, configuration)
  const world = await openPlace(place)
  closing(world.close)
  return world
}

/** As the product makes it: open to nobody else. */
function copyTemplate(folder: string): void {
  mkdirSync(folder, { mode: 0o700 })
  cpSync(inject('template'), folder, { recursive: true })
}

/** What the template holds, under the same keys and with hashes of the same cost. */
const isUsual = (env: Environment, configuration: object) =>
  configuration === CONFIGURATION && !Object.keys(env).some((name) => /ARGON2|MASTER_KEY|DATABASE/.test(name))

/** A server over what is there already. */
export async function openPlace(place: Place) {
  const server: Server = await startServer(place)
  const { rows, close } = await openRows(place)
  const endpoints = await discover(server)
  const rp = createRelyingParty(server, endpoints)
  const browser = (address?: string) => createBrowser(server, address ? { address } : {})
  const idBy = async (statement: string, value: string) => String((await rows(statement, value))[0]!.id)
  return {
    server,
    place,
    rows,
    endpoints,
    rp,
    browser,
    /** The id that a statement finds by one value. */
    idBy,
    /** The id of an organization by its primary domain, and of a person by their user name. */
    organization: (domain: string) => idBy('select id from organizations where primary_domain = ?', domain),
    person: (name: string) => idBy('select user_id as id from identifiers where value = ?', name.toLowerCase()),
    /** A browser of somebody at their account pages. */
    async atAccount(name: string) {
      const opened = browser()
      await rp.obtainCode(opened, 'clientConf', name)
      await opened.get('/account')
      return opened
    },
    apply: (configuration: object) => apply(place, configuration),
    close: async () => {
      await close()
      await server.stop()
    },
  }
}

/** The addresses as any relying party learns them. */
export async function discover(door: Door): Promise<Endpoints> {
  const metadata = json(await send(door, { path: DISCO })) as Record<string, string>
  const pathOf = (name: string) => new URL(metadata[name]!).pathname
  return Object.fromEntries(Object.entries(DISCOVERED).map(([alias, name]) => [alias, pathOf(name)])) as Endpoints
}

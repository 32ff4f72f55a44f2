import { test as base } from '@playwright/test'
import { type Application, createApplication } from './application.ts'
import { startWorld, type World } from './world.ts'

type Fixtures = {
  /** An application of Acme, which people of Acme need not consent to. */
  ledger: Application
  /** An application of Kruste. */
  oven: Application
  /** An application that always asks for consent. */
  notary: Application
}

/** Each worker has a server of its own, with the same configuration. A test may rely on nothing another one leaves behind. */
export const test = base.extend<Fixtures, { world: World }>({
  world: [
    async ({ browserName: _browserName }, provide) => {
      const world = await startWorld()
      await provide(world)
      await world.stop()
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  ledger: ({ world }, provide) => provide(createApplication(world.origin, world.relyingParty, 'ledger')),
  oven: ({ world }, provide) => provide(createApplication(world.origin, world.relyingParty, 'oven')),
  notary: ({ world }, provide) => provide(createApplication(world.origin, world.relyingParty, 'notary')),
  baseURL: ({ world }, provide) => provide(world.origin),
})

export { expect } from '@playwright/test'

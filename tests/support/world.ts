import { configuration, LONG_AGO } from './configuration.ts'
import { type RelyingParty, startRelyingParty } from './relying-party.ts'
import { type Server, startServer } from './server.ts'

/** The product with its people, and the applications they want to reach. */
export type World = Server & { relyingParty: RelyingParty }

/** @param change what is said of Acme besides */
export async function startWorld(change: object = {}): Promise<World> {
  const relyingParty = await startRelyingParty()
  try {
    const server = await startServer(configuration(relyingParty.origin, change), {}, LONG_AGO)
    return {
      ...server,
      relyingParty,
      async stop() {
        await server.stop()
        await relyingParty.close()
      },
    }
  } catch (error) {
    await relyingParty.close()
    throw error
  }
}

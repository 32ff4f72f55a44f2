import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { CONFIGURATION } from './people.ts'
import { apply, createPlace, startServer } from './server.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** The data of an installation with the usual configuration and its keys, to be copied. */
    template: string
  }
}

/** Makes the usual installation once, by the product's own commands, for all files that want no other. */
export async function setup({ provide }: TestProject): Promise<void> {
  const place = await createPlace()
  await apply(place, CONFIGURATION)
  const server = await startServer(place)
  await server.stop()
  provide('template', join(place.folder, 'data'))
}

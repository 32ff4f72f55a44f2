import { mailsOf } from './registration.ts'
import type { World } from './world.ts'

/** The code of the last message that carried one. @throws where no message does */
export async function lastCode(world: Pick<World, 'deps'>): Promise<string> {
  const { code } = (await mailsOf(world)).findLast(({ values }) => typeof values.code === 'string')?.values ?? {}
  if (typeof code !== 'string') throw new Error('no message carries a code')
  return code
}

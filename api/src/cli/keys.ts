import { ensureSigningKeys, rotateKeys } from '../use-cases/keys/rotate-keys.ts'
import { type ExitCode, say, type Terminal } from './terminal.ts'
import { withDeps } from './with-deps.ts'

/** New signing keys: published at once, used when every relying party can have seen them. */
export function rotate(terminal: Terminal): Promise<ExitCode> {
  return withDeps<ExitCode>(terminal, async (deps) => {
    // an instance that never started has no key yet; and a wrong master key is noticed before anything is made
    await ensureSigningKeys(deps)
    const made = await rotateKeys(deps)
    for (const { algorithm, kid, usedFrom } of made)
      say(terminal.stdout, `+ ${algorithm.padEnd(5)} ${kid} signs from ${new Date(usedFrom).toISOString()}`)
    return 0
  })
}

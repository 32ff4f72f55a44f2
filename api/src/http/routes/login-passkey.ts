import { loginPasskeyRoutes, passkeyOptionsRoutes } from '@vestibule/shared/contract/login-passkey.ts'
import type { Deps } from '../../deps.ts'
import { beginPasskeyLogin, checkPasskey } from '../../use-cases/passkeys/check-passkey.ts'
import { implement } from '../implement.ts'
import type { Mount } from '../mount.ts'
import { answerTo, handleOf } from './login-answer.ts'

/** A passkey in the place of a name and a password. */
export function mountLoginPasskey(mount: Mount, deps: Deps): void {
  implement(
    mount,
    passkeyOptionsRoutes.beginPasskey,
  )(async ({ params }, c) => ({ options: await beginPasskeyLogin(deps, handleOf(c, deps, params)) }))
  implement(
    mount,
    loginPasskeyRoutes.checkPasskey,
  )(async ({ params, body }, c) => answerTo(c, deps, await checkPasskey(deps, handleOf(c, deps, params), body)))
}

import { loginPasskeyRoutes, passkeyOptionsRoutes, upgradeRoutes } from '@vestibule/shared/contract/login-passkey.ts'
import type { Deps } from '../../deps.ts'
import { beginPasskeyLogin, checkPasskey } from '../../use-cases/passkeys/check-passkey.ts'
import { beginOfferedPasskey, declinePasskey, makeOfferedPasskey } from '../../use-cases/passkeys/offered-passkey.ts'
import { upgrade } from '../../use-cases/passkeys/upgrade.ts'
import { readDevice } from '../cookies.ts'
import { implement } from '../implement.ts'
import type { Mount } from '../mount.ts'
import { answerTo, handleOf } from './login-answer.ts'

/** A passkey in the place of a name and a password, and a new one where the account is the subject. */
export function mountLoginPasskey(mount: Mount, deps: Deps): void {
  implement(
    mount,
    passkeyOptionsRoutes.beginPasskey,
  )(async ({ params }, c) => ({ options: await beginPasskeyLogin(deps, handleOf(c, deps, params)) }))
  implement(
    mount,
    loginPasskeyRoutes.checkPasskey,
  )(async ({ params, body }, c) => answerTo(c, deps, await checkPasskey(deps, handleOf(c, deps, params), body)))
  implement(
    mount,
    upgradeRoutes.upgradeToPasskey,
  )(async ({ body }, c) => {
    await upgrade(deps, { ...body, deviceToken: readDevice(c, deps.settings) })
    return {}
  })
  implement(
    mount,
    passkeyOptionsRoutes.beginOfferedPasskey,
  )(async ({ params }, c) => ({ options: await beginOfferedPasskey(deps, handleOf(c, deps, params)) }))
  implement(
    mount,
    loginPasskeyRoutes.makeOfferedPasskey,
  )(async ({ params, body }, c) =>
    answerTo(c, deps, await makeOfferedPasskey(deps, handleOf(c, deps, params), body.credential)),
  )
  implement(
    mount,
    loginPasskeyRoutes.declinePasskey,
  )(async ({ params }, c) => answerTo(c, deps, await declinePasskey(deps, handleOf(c, deps, params))))
}

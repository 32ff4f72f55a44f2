import { keyOptionsRoutes, loginKeyRoutes } from '@vestibule/shared/contract/login-security-key.ts'
import type { Deps } from '../../deps.ts'
import { beginKeyCheck, checkKey } from '../../use-cases/security-keys/check-security-key.ts'
import { beginKeyInLogin, enrollKeyInLogin } from '../../use-cases/security-keys/enroll-security-key.ts'
import { implement } from '../implement.ts'
import type { Mount } from '../mount.ts'
import { answerTo, handleOf } from './login-answer.ts'

/** A security key as the second proof of a login, and one that is set up on the way in. */
export function mountLoginSecurityKey(mount: Mount, deps: Deps): void {
  implement(
    mount,
    keyOptionsRoutes.beginKeyCheck,
  )(async ({ params }, c) => ({ options: await beginKeyCheck(deps, handleOf(c, deps, params)) }))
  implement(
    mount,
    loginKeyRoutes.checkKey,
  )(async ({ params, body }, c) => {
    const userAgent = c.req.header('user-agent') ?? ''
    return answerTo(c, deps, await checkKey(deps, handleOf(c, deps, params), { ...body, userAgent }))
  })
  implement(
    mount,
    keyOptionsRoutes.beginKey,
  )(async ({ params }, c) => ({ options: await beginKeyInLogin(deps, handleOf(c, deps, params)) }))
  implement(
    mount,
    loginKeyRoutes.enrollKey,
  )(async ({ params, body }, c) =>
    answerTo(c, deps, await enrollKeyInLogin(deps, handleOf(c, deps, params), body.credential)),
  )
}

import { resetRoutes } from '@vestibule/shared/contract/password-reset.ts'
import type { LoginAnswer } from '@vestibule/shared/login-step.ts'
import type { Deps } from '../../deps.ts'
import type { LoginOutcome } from '../../use-cases/login/advance.ts'
import { changePassword } from '../../use-cases/password/change-password.ts'
import { beginReset, leaveReset } from '../../use-cases/reset/begin-reset.ts'
import { enterResetCode, enterResetLink } from '../../use-cases/reset/enter-reset-code.ts'
import { lookAtReset, resetByLink } from '../../use-cases/reset/reset-by-link.ts'
import { setNewPassword } from '../../use-cases/reset/set-new-password.ts'
import { readDevice } from '../cookies.ts'
import type { Http } from '../env.ts'
import { implement } from '../implement.ts'
import { browserWishes } from '../localize.ts'
import type { Mount } from '../mount.ts'
import { answerTo, handleOf } from './login-answer.ts'

/** The steps of somebody who forgot a password or has to replace it, and the link of the message. */
export function mountPasswordReset(mount: Mount, deps: Deps): void {
  const handle = (c: Http, params: { request: string }) => handleOf(c, deps, params)
  const answer = (c: Http, outcome: LoginOutcome): Promise<LoginAnswer> => answerTo(c, deps, outcome)
  const visitor = (c: Http) => ({ userAgent: c.req.header('user-agent') ?? '', address: c.env.visit.address })

  implement(
    mount,
    resetRoutes.beginReset,
  )(async ({ params }, c) =>
    answer(c, await beginReset(deps, handle(c, params), { ...visitor(c), wishes: browserWishes(c, deps) })),
  )
  implement(
    mount,
    resetRoutes.enterResetCode,
  )(async ({ params, body }, c) => answer(c, await enterResetCode(deps, handle(c, params), { ...body, ...visitor(c) })))
  implement(
    mount,
    resetRoutes.enterResetLink,
  )(async ({ params, body }, c) => answer(c, await enterResetLink(deps, handle(c, params), { ...body, ...visitor(c) })))
  implement(
    mount,
    resetRoutes.setNewPassword,
  )(async ({ params, body }, c) => answer(c, await setNewPassword(deps, handle(c, params), { ...body, ...visitor(c) })))
  implement(
    mount,
    resetRoutes.changePassword,
  )(async ({ params, body }, c) => answer(c, await changePassword(deps, handle(c, params), { ...body, ...visitor(c) })))
  implement(
    mount,
    resetRoutes.leaveReset,
  )(async ({ params }, c) => answer(c, await leaveReset(deps, handle(c, params))))
  implement(
    mount,
    resetRoutes.lookAtReset,
  )(async ({ body }, c) => lookAtReset(deps, { ...body, ...visitor(c), deviceToken: readDevice(c, deps.settings) }))
  implement(mount, resetRoutes.resetByLink)(async ({ body }, c) => resetByLink(deps, { ...body, ...visitor(c) }))
}

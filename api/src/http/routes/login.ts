import { loginRoutes } from '@vestibule/shared/contract/login.ts'
import type { LoginAnswer } from '@vestibule/shared/login-step.ts'
import type { Deps } from '../../deps.ts'
import type { LoginOutcome } from '../../use-cases/login/advance.ts'
import { answerOf } from '../../use-cases/login/answer.ts'
import { checkPassword } from '../../use-cases/login/check-password.ts'
import { identify } from '../../use-cases/login/identify.ts'
import { loadLogin } from '../../use-cases/login/load-login.ts'
import * as steps from '../../use-cases/login/small-steps.ts'
import type { Http } from '../env.ts'
import { implement } from '../implement.ts'
import { browserWishes } from '../localize.ts'
import type { Mount } from '../mount.ts'
import { renewBrowserState } from '../session-state.ts'
import { answerTo, handleOf as readHandle } from './login-answer.ts'

/** The steps of a pending login: read the handle, act, answer with the next step. */
export function mountLogin(mount: Mount, deps: Deps): void {
  const handleOf = (c: Http, params: { request: string }) => readHandle(c, deps, params)
  const answer = (c: Http, outcome: LoginOutcome): Promise<LoginAnswer> => answerTo(c, deps, outcome)

  implement(
    mount,
    loginRoutes.getLogin,
  )(async ({ params }, c) => answerOf(deps, await loadLogin(deps, handleOf(c, params)), browserWishes(c, deps)))
  implement(
    mount,
    loginRoutes.identify,
  )(async ({ params, body }, c) => answer(c, await identify(deps, handleOf(c, params), body.identifier)))
  implement(
    mount,
    loginRoutes.checkPassword,
  )(async ({ params, body }, c) =>
    answer(c, await checkPassword(deps, handleOf(c, params), { ...body, address: c.env.visit.address })),
  )
  implement(
    mount,
    loginRoutes.selectAccount,
  )(async ({ params, body }, c) => answer(c, await steps.selectAccount(deps, handleOf(c, params), body.session)))
  implement(
    mount,
    loginRoutes.restart,
  )(async ({ params, body }, c) => answer(c, await steps.restart(deps, handleOf(c, params), body.fresh)))
  implement(
    mount,
    loginRoutes.decideConsent,
  )(async ({ params, body }, c) => answer(c, await steps.decideConsent(deps, handleOf(c, params), body.allow)))
  implement(
    mount,
    loginRoutes.keepAccount,
  )(async ({ params }, c) => answer(c, await steps.keepLeavingAccount(deps, handleOf(c, params))))
  implement(
    mount,
    loginRoutes.cancel,
  )(async ({ params }, c) => answer(c, await steps.cancel(deps, handleOf(c, params))))
  implement(
    mount,
    loginRoutes.finish,
  )(async ({ params }, c) => answer(c, await steps.finish(deps, handleOf(c, params))))
  implement(
    mount,
    loginRoutes.forgetAccount,
  )(async ({ params, body }, c) => {
    renewBrowserState(c, deps)
    return answer(c, await steps.forgetAccount(deps, handleOf(c, params), body.session))
  })
  implement(
    mount,
    loginRoutes.signOutAccount,
  )(async ({ params, body }, c) => {
    renewBrowserState(c, deps)
    return answer(c, await steps.signOutAccount(deps, handleOf(c, params), body.session))
  })
}

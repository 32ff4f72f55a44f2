import { secondFactorRoutes } from '@vestibule/shared/contract/second-factors.ts'
import type { LoginAnswer } from '@vestibule/shared/login-step.ts'
import type { Deps } from '../../deps.ts'
import { checkTotp } from '../../use-cases/factors/check-totp.ts'
import { beginTotp, confirmTotp, keepRecoveryCodes, skipEnrollment } from '../../use-cases/factors/enroll-in-login.ts'
import { checkRecoveryCode } from '../../use-cases/factors/recovery-codes.ts'
import { enterSentCode, sendCodeInLogin } from '../../use-cases/factors/sent-code-in-login.ts'
import type { LoginOutcome } from '../../use-cases/login/advance.ts'
import type { Http } from '../env.ts'
import { implement } from '../implement.ts'
import { browserWishes } from '../localize.ts'
import type { Mount } from '../mount.ts'
import { answerTo, handleOf } from './login-answer.ts'

/** The second proof of a login, and what is set up on the way in. */
export function mountSecondFactors(mount: Mount, deps: Deps): void {
  const handle = (c: Http, params: { request: string }) => handleOf(c, deps, params)
  const answer = (c: Http, outcome: LoginOutcome): Promise<LoginAnswer> => answerTo(c, deps, outcome)
  const address = (c: Http) => c.env.visit.address
  const userAgent = (c: Http) => c.req.header('user-agent') ?? ''

  implement(
    mount,
    secondFactorRoutes.checkTotp,
  )(async ({ params, body }, c) =>
    answer(c, await checkTotp(deps, handle(c, params), { ...body, address: address(c), userAgent: userAgent(c) })),
  )
  implement(
    mount,
    secondFactorRoutes.checkRecoveryCode,
  )(async ({ params, body }, c) =>
    answer(c, await checkRecoveryCode(deps, handle(c, params), { ...body, address: address(c) })),
  )
  implement(
    mount,
    secondFactorRoutes.sendSecondCode,
  )(async ({ params, body }, c) => {
    const asking = {
      userAgent: userAgent(c),
      address: address(c),
      wishes: browserWishes(c, deps),
    }
    return answer(c, await sendCodeInLogin(deps, handle(c, params), body.method, asking))
  })
  implement(
    mount,
    secondFactorRoutes.enterSecondCode,
  )(async ({ params, body }, c) =>
    answer(c, await enterSentCode(deps, handle(c, params), { ...body, address: address(c), userAgent: userAgent(c) })),
  )
  implement(
    mount,
    secondFactorRoutes.keepRecoveryCodes,
  )(async ({ params }, c) => answer(c, await keepRecoveryCodes(deps, handle(c, params))))
  implement(
    mount,
    secondFactorRoutes.beginTotp,
  )(async ({ params }, c) => answer(c, await beginTotp(deps, handle(c, params))))
  implement(
    mount,
    secondFactorRoutes.confirmTotp,
  )(async ({ params, body }, c) => answer(c, await confirmTotp(deps, handle(c, params), body.code)))
  implement(
    mount,
    secondFactorRoutes.skipEnrollment,
  )(async ({ params }, c) => answer(c, await skipEnrollment(deps, handle(c, params))))
}

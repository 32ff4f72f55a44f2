import { firstPasskeyRoutes, registrationRoutes } from '@vestibule/shared/contract/registration.ts'
import type { LoginAnswer } from '@vestibule/shared/login-step.ts'
import type { Deps } from '../../deps.ts'
import type { LoginOutcome } from '../../use-cases/login/advance.ts'
import { beginRegistration, changeRegistration } from '../../use-cases/registration/begin-registration.ts'
import { enterEmailCode, resendEmailCode } from '../../use-cases/registration/enter-email-code.ts'
import {
  beginFirstPasskey,
  chooseFirstPassword,
  makeFirstPasskey,
} from '../../use-cases/registration/finish-registration.ts'
import { register } from '../../use-cases/registration/register.ts'
import type { Http } from '../env.ts'
import { implement } from '../implement.ts'
import { browserWishes } from '../localize.ts'
import type { Mount } from '../mount.ts'
import { answerTo, handleOf } from './login-answer.ts'

/** The steps of somebody who makes an account of their own. */
export function mountRegistration(mount: Mount, deps: Deps): void {
  const handle = (c: Http, params: { request: string }) => handleOf(c, deps, params)
  const answer = (c: Http, outcome: LoginOutcome): Promise<LoginAnswer> => answerTo(c, deps, outcome)
  const asking = (c: Http) => ({ userAgent: c.req.header('user-agent') ?? '', address: c.env.visit.address })

  implement(
    mount,
    registrationRoutes.beginRegistration,
  )(async ({ params, body }, c) => answer(c, await beginRegistration(deps, handle(c, params), body.identifier)))
  implement(
    mount,
    registrationRoutes.register,
  )(async ({ params, body: { way, newPassword, accepted, proof, ...typed } }, c) => {
    const input = { typed, way, newPassword, accepted, proof, wishes: browserWishes(c, deps), ...asking(c) }
    return answer(c, await register(deps, handle(c, params), input))
  })
  implement(
    mount,
    registrationRoutes.changeRegistration,
  )(async ({ params }, c) => answer(c, await changeRegistration(deps, handle(c, params))))
  implement(
    mount,
    registrationRoutes.enterEmailCode,
  )(async ({ params, body }, c) =>
    answer(c, await enterEmailCode(deps, handle(c, params), { ...body, address: c.env.visit.address })),
  )
  implement(
    mount,
    firstPasskeyRoutes.beginFirstPasskey,
  )(async ({ params }, c) => ({ options: await beginFirstPasskey(deps, handle(c, params)) }))
  implement(
    mount,
    registrationRoutes.makeFirstPasskey,
  )(async ({ params, body }, c) => answer(c, await makeFirstPasskey(deps, handle(c, params), body.credential)))
  implement(
    mount,
    registrationRoutes.chooseFirstPassword,
  )(async ({ params, body }, c) =>
    answer(c, await chooseFirstPassword(deps, handle(c, params), { ...body, address: c.env.visit.address })),
  )
  implement(
    mount,
    registrationRoutes.resendEmailCode,
  )(async ({ params }, c) => answer(c, await resendEmailCode(deps, handle(c, params), asking(c))))
}

import type { Redirect } from '@vestibule/shared/login-step.ts'
import type { Deps, Executor, KnownApplication } from '../../deps.ts'
import type { AuthRequestParameters } from '../../domain/auth-request.ts'
import type { CompletedLogin } from '../../domain/login/steps.ts'
import { Problem } from '../../domain/problem.ts'
import { createGrant } from '../grants/create-grant.ts'

type For = { application: KnownApplication; parameters: AuthRequestParameters; codeHash: string }

/** Lets a device in, against the proof of a completed login. @throws Problem request_expired when it does not wait any more */
export async function approveDevice(
  deps: Deps,
  tx: Executor,
  login: CompletedLogin,
  { codeHash, ...granted }: For,
): Promise<Redirect> {
  const grantId = await createGrant(deps, tx, login, granted)
  const decision = { codeHash, now: deps.clock.now(), state: 'approved', grantId } as const
  if (!(await deps.repositories.deviceAuthorizations.decide(tx, decision))) throw new Problem('request_expired')
  return { to: '/device/approved' }
}

/** The device is told so when it asks next. One that does not wait any more need not be told. */
export async function refuseDevice(deps: Deps, tx: Executor, codeHash: string): Promise<Redirect> {
  await deps.repositories.deviceAuthorizations.decide(tx, { codeHash, now: deps.clock.now(), state: 'refused' })
  return { to: '/device/refused' }
}

import type { ChangedFactors } from '@vestibule/shared/contract/own-factors.ts'
import type { SecondFactor } from '@vestibule/shared/factors.ts'
import type { Deps, Executor } from '../../deps.ts'
import type { CredentialId } from '../../domain/ids.ts'
import { enrollable } from '../../domain/login/second-factor.ts'
import { Problem } from '../../domain/problem.ts'
import { withCheck } from '../../domain/session.ts'
import { type AccountActor, type AccountHandle, accountAnew } from '../me/current-account.ts'
import { signalOf } from '../passkeys/signal.ts'
import { factorsOf } from './factors-of.ts'
import { noteFactor } from './note-factor.ts'
import { firstRecoveryCodes } from './recovery-codes.ts'

/** Something changed: everything is read anew. Whoever takes away what they came in with is still told what is left. */
export async function changed(
  deps: Deps,
  tx: Executor,
  handle: AccountHandle,
  before: AccountActor,
  newCodes: string[] | null = null,
): Promise<ChangedFactors> {
  const actor = await accountAnew(deps, handle, before, tx)
  const keys = await deps.repositories.webauthnCredentials.listOfUser(actor.login.userId, tx)
  return { factors: await factorsOf(deps, actor, tx), newCodes, signal: signalOf(deps, actor.account, keys) }
}

/** @throws Problem forbidden where the organization lets it not count */
export function mustBeAvailable({ account }: AccountActor, factor: SecondFactor): void {
  if (!enrollable(account).includes(factor)) throw new Problem('forbidden')
}

/** Its owner is told; with the first factor come recovery codes. */
export async function added(
  deps: Deps,
  tx: Executor,
  handle: AccountHandle,
  actor: AccountActor,
  kept: { factor: SecondFactor; credential: CredentialId },
): Promise<ChangedFactors> {
  const { account } = actor
  await noteFactor(deps, tx, account.user, { happened: 'added', ...kept })
  const codes = await firstRecoveryCodes(deps, tx, account)
  // this session showed what it needs: the person proved themselves a moment ago, and the new factor just now
  const { id, version, checks } = account.session
  const now = deps.clock.now()
  const proven = { id, version, now, checks: withCheck(checks, { ...kept, at: now }) }
  if (!(await deps.repositories.sessions.addCheck(tx, proven))) throw new Problem('changed_meanwhile')
  return changed(deps, tx, handle, actor, codes)
}

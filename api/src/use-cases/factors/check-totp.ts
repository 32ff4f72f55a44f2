import { totpStepOf } from '../../crypto/totp.ts'
import type { Deps, Executor, TotpCredential } from '../../deps.ts'
import type { CredentialId, UserId } from '../../domain/ids.ts'
import { readDigitCode } from '../../domain/one-time-code.ts'
import type { LoginOutcome } from '../login/advance.ts'
import type { LoginHandle } from '../login/load-login.ts'
import { recordEvent } from '../record-event.ts'
import { trustingOf } from './add-second-check.ts'
import { checkGuess, type Typed } from './check-guess.ts'

/**
 * A code of an authenticator app, in whatever spelling.
 * @throws Problem code_wrong, too_many_attempts, wrong_step
 */
export async function checkTotp(deps: Deps, handle: LoginHandle, typed: Typed): Promise<LoginOutcome> {
  const guessing = { factor: 'totp', address: typed.address, trusting: await trustingOf(typed) } as const
  return checkGuess(deps, handle, guessing, (tx, userId) => useTotpCode(deps, tx, userId, typed.code))
}

/** Of which of the person's apps this is a code. Its time step is used up by that, and every one before (RFC 6238, section 5.2). */
async function useTotpCode(
  deps: Deps,
  tx: Executor,
  userId: UserId,
  typed: string,
): Promise<{ credential: CredentialId } | null> {
  const { clock, repositories } = deps
  const code = readDigitCode(typed)
  if (code === null) return null
  const now = clock.now()
  for (const app of await repositories.credentials.listTotp(userId, tx)) {
    const secret = await openSecret(deps, tx, app)
    const step = secret === null ? null : totpStepOf(secret, code, now)
    if (step !== null && (await repositories.credentials.useStep(tx, { id: app.id, step, now })))
      return { credential: app.id }
  }
  return null
}

/** The place of a secret in its box: one that was copied into another row does not open. */
export const totpPlace = ({ id, userId }: Pick<TotpCredential, 'id' | 'userId'>) => `credentials/totp/${userId}/${id}`

/** A secret that does not open is nobody's, and those who run the instance should know. */
async function openSecret(deps: Deps, tx: Executor, app: TotpCredential): Promise<string | null> {
  try {
    return deps.box.open(app.secret, totpPlace(app))
  } catch (error) {
    deps.log.error({ error, credential: app.id }, 'the secret of an authenticator app does not open')
    const data = { credential: app.id, secret: 'does not open' }
    await recordEvent(deps, tx, { type: 'anomaly.noticed', organizationId: 'instance', target: app.userId, data })
    return null
  }
}

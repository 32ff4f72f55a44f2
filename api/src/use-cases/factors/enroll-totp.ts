import type { TotpSetup } from '@vestibule/shared/login-step.ts'
import { qrCodeOf } from '../../crypto/qr-code.ts'
import { newTotpSecret, totpStepOf, totpUri } from '../../crypto/totp.ts'
import type { Deps, EnrollmentPlace, Executor } from '../../deps.ts'
import { type CredentialId, newId } from '../../domain/ids.ts'
import { readDigitCode } from '../../domain/one-time-code.ts'
import { Problem } from '../../domain/problem.ts'
import { totpPlace } from './check-totp.ts'

/** How long a secret that was shown may be confirmed, in milliseconds. */
const SETUP_LIFETIME = 3_600_000

type Place = Pick<EnrollmentPlace, 'flow' | 'userId'>
/** What the app shows beside the code. */
type Names = { issuer: string; account: string }

const boxPlace = ({ flow, userId }: Place) => `enrollments/totp/${userId}/${flow}`

/** A new secret for an authenticator app. It counts for nothing until a code of it was typed. */
export async function beginTotpSetup(deps: Deps, tx: Executor, place: Place): Promise<void> {
  const secret = deps.box.seal(newTotpSecret(deps.randomBytes), boxPlace(place))
  const expiresAt = deps.clock.now() + SETUP_LIFETIME
  await deps.repositories.enrollments.begin(tx, { ...place, factor: 'totp', secret, expiresAt })
}

/** The secret that is being set up, to be shown to its owner; null where none is. */
export async function totpSetupOf(deps: Deps, place: Place, names: Names, tx?: Executor): Promise<TotpSetup | null> {
  const row = await deps.repositories.enrollments.find({ ...place, factor: 'totp' }, deps.clock.now(), tx)
  if (!row) return null
  const secret = deps.box.open(row.secret, boxPlace(place))
  const uri = totpUri(secret, names)
  return { secret, uri, qr: qrCodeOf(uri) }
}

/**
 * The app is the person's once it made a code. The time step of that code is used up by it. Out: what it is kept as.
 * @throws Problem code_expired when nothing is being set up, code_wrong
 */
export async function confirmTotpSetup(deps: Deps, tx: Executor, place: Place, typed: string): Promise<CredentialId> {
  const { box, clock, randomBytes, repositories } = deps
  const now = clock.now()
  const row = await repositories.enrollments.find({ ...place, factor: 'totp' }, now, tx)
  if (!row) throw new Problem('code_expired')
  const secret = box.open(row.secret, boxPlace(place))
  const code = readDigitCode(typed)
  const step = code === null ? null : totpStepOf(secret, code, now)
  if (step === null) throw new Problem('code_wrong')
  if (!(await repositories.enrollments.complete(tx, row, now))) throw new Problem('code_expired')
  const { userId } = place
  const id = newId('crd', { now: clock.now, randomBytes })
  const sealed = box.seal(secret, totpPlace({ id, userId }))
  await repositories.credentials.add(tx, { id, userId, type: 'totp', secret: sealed, lastStep: step, now })
  return id
}

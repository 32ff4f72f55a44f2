import { z } from '@hono/zod-openapi'
import { SENT_CODES } from '../factors.ts'
import { stepWith } from './login.ts'
import { typed } from './problems.ts'

/** The second proof of a login, and the factors that are set up on the way in. */
const code = z.strictObject({ code: typed(500) })

/** Whether this browser need not be asked again for a while, where the step offers that. */
export const trust = { trustDevice: z.boolean().default(false) }

/** A code of an authenticator app. */
export const checkTotp = stepWith('totp', code.extend(trust), ['code_wrong'])

/** One of the codes that were kept for this. It is used up. */
export const checkRecoveryCode = stepWith('recovery-code', code, ['code_wrong'])

const sent = { method: z.enum(SENT_CODES) }
/** A code by mail or text message, to the verified address: as the second proof, or to set it up. */
export const sendSecondCode = stepWith('second-code-send', z.strictObject(sent), ['not_found'])
export const enterSecondCode = stepWith('second-code', z.strictObject({ ...sent, ...trust, code: typed(500) }), [
  'code_wrong',
  'code_expired',
])

/** A new secret for an authenticator app; the step shows it until it is confirmed by a code. */
export const beginTotp = stepWith('enroll-totp', z.strictObject({}))
export const confirmTotp = stepWith('enroll-totp-code', code, ['code_wrong', 'code_expired'])
/** The recovery codes that the step shows are kept somewhere. */
export const keepRecoveryCodes = stepWith('keep-recovery-codes', z.strictObject({}))
/** "Not now", where it may be said. */
export const skipEnrollment = stepWith('skip-enrollment', z.strictObject({}))

export const secondFactorRoutes = {
  checkTotp,
  checkRecoveryCode,
  sendSecondCode,
  enterSecondCode,
  beginTotp,
  confirmTotp,
  keepRecoveryCodes,
  skipEnrollment,
}

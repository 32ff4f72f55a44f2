import { z } from 'zod'
import { DAY, HOUR, seconds } from './durations.ts'

/** Seconds. A signing key stays published for so long after its last signature, so no signed token may live longer. */
export const LONGEST_TOKEN = 12 * HOUR

export const TOKEN_LIFETIMES = {
  accessTokenLifetime: seconds(60, LONGEST_TOKEN),
  idTokenLifetime: seconds(60, LONGEST_TOKEN),
  /** A refresh token that is not used ends after this, */
  refreshTokenIdleLifetime: seconds(60, 365 * DAY),
  /** and what it was rotated into after this, however often that was. */
  refreshTokenAbsoluteLifetime: seconds(60, 730 * DAY),
}

/** How long what is issued lives, where its application does not say. */
export const tokensPolicySchema = z.strictObject({
  accessTokenLifetime: TOKEN_LIFETIMES.accessTokenLifetime.default(12 * HOUR),
  idTokenLifetime: TOKEN_LIFETIMES.idTokenLifetime.default(12 * HOUR),
  refreshTokenIdleLifetime: TOKEN_LIFETIMES.refreshTokenIdleLifetime.default(30 * DAY),
  refreshTokenAbsoluteLifetime: TOKEN_LIFETIMES.refreshTokenAbsoluteLifetime.default(90 * DAY),
})
export type TokensPolicy = z.infer<typeof tokensPolicySchema>

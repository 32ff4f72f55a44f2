import { PATHS } from '../discovery.ts'

/** Milliseconds: of clocks that differ, and how far ahead an end may be. */
const LEEWAY = 30_000
const LONGEST = 3_600_000

type Expected = {
  /** Who it is from and about. */
  party: string
  /** Ours: the only audience (RFC 7523bis 3, RFC 10070). */
  issuer: string
  /** Of a party with an older library: the token endpoint too, and either as the only member of an array. */
  isAudienceCompatible: boolean
  now: number
}

/** What an assertion says about itself (RFC 7523 3): by and about this party, for us alone, now, and not for long. */
export function isUsableAssertion(claims: Readonly<Record<string, unknown>>, expected: Expected): boolean {
  const { iss, sub, aud, exp, nbf, iat } = claims
  const { party, now } = expected
  if (iss !== party || sub !== party || !isForUs(aud, expected)) return false
  if (!isInstant(exp) || exp * 1000 + LEEWAY <= now || exp * 1000 > now + LONGEST + LEEWAY) return false
  return [nbf, iat].every((at) => at === undefined || (isInstant(at) && at * 1000 <= now + LEEWAY))
}

/** Seconds since 1970 (RFC 7519 2). */
const isInstant = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value) && value >= 0

function isForUs(aud: unknown, { issuer, isAudienceCompatible }: Expected): boolean {
  if (!isAudienceCompatible) return aud === issuer
  const one = Array.isArray(aud) && aud.length === 1 ? aud[0] : aud
  return one === issuer || one === issuer + PATHS.token
}

/** Until when it has to be remembered. Milliseconds. */
export const rememberedUntil = ({ exp }: Readonly<Record<string, unknown>>): number => Number(exp) * 1000 + LEEWAY

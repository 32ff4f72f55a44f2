import { type ApplicationSettings, ASSERTION_ALGORITHMS, type AssertionAlgorithm } from './application.ts'

/**
 * What an application under FAPI 2.0 (Security Profile 5.3) may say; the first of each counts where it says something else or nothing. A code
 * lives for 60 seconds and redirects name their issuer for everybody.
 */
const FAPI2 = {
  authenticationMethod: ['private_key_jwt'],
  // null: any of these
  assertionAlgorithm: [null, 'PS256', 'ES256', 'EdDSA'],
  assertionAudienceCompatibility: [false],
  requirePkce: [true],
  requirePushedRequests: [true],
  dpopBoundAccessTokens: [true],
  // no request of it is pushed, and no browser shows where a password is typed
  firstParty: [false],
  idTokenAlgorithm: ['ES256', 'EdDSA'],
} as const satisfies { [Member in keyof ApplicationSettings]?: readonly ApplicationSettings[Member][] }

export type Demanded = keyof typeof FAPI2
type Contradiction = { member: Demanded; permitted: readonly unknown[] }

const DEMANDS = Object.entries(FAPI2) as [Demanded, readonly unknown[]][]

/** The settings that count: what the profile demands, over what the row says. */
export function settingsInForce(settings: ApplicationSettings): ApplicationSettings {
  if (settings.securityProfile === 'none') return settings
  const demanded = DEMANDS.map(([member, permitted]) => [
    member,
    permitted.includes(settings[member]) ? settings[member] : permitted[0],
  ])
  return { ...settings, ...Object.fromEntries(demanded) }
}

/** What of these, said together with the profile, is against it. */
export const contradictions = (said: Partial<ApplicationSettings>): Contradiction[] =>
  DEMANDS.filter(([member, permitted]) => said[member] !== undefined && !permitted.includes(said[member])).map(
    ([member, permitted]) => ({ member, permitted }),
  )

/** What a client may sign its assertions with. */
export function assertionAlgorithms(settings: ApplicationSettings): readonly AssertionAlgorithm[] {
  const { assertionAlgorithm, securityProfile } = settingsInForce(settings)
  if (assertionAlgorithm !== null) return [assertionAlgorithm]
  const permitted: readonly unknown[] = FAPI2.assertionAlgorithm
  return securityProfile === 'none'
    ? ASSERTION_ALGORITHMS
    : ASSERTION_ALGORITHMS.filter((one) => permitted.includes(one))
}

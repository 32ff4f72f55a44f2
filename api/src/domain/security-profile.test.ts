import { describe, expect, test } from 'vitest'
import { type ApplicationSettings, DEFAULT_APPLICATION_SETTINGS as PLAIN } from './application.ts'
import { assertionAlgorithms, contradictions, settingsInForce } from './security-profile.ts'

const STRICT = {
  authenticationMethod: 'private_key_jwt',
  assertionAlgorithm: null,
  assertionAudienceCompatibility: false,
  requirePkce: true,
  requirePushedRequests: true,
  dpopBoundAccessTokens: true,
  firstParty: false,
  idTokenAlgorithm: 'ES256',
} as const
const WEAK: ApplicationSettings = {
  ...PLAIN,
  authenticationMethod: 'client_secret_post',
  assertionAlgorithm: 'RS256',
  assertionAudienceCompatibility: true,
  firstParty: true,
  consent: 'never',
  clockSkew: 3,
}

describe('an application without a profile', () => {
  test('has its own settings', () => {
    expect(settingsInForce(WEAK)).toEqual(WEAK)
    expect(assertionAlgorithms(WEAK)).toEqual(['RS256'])
    expect(assertionAlgorithms(PLAIN)).toEqual(['RS256', 'PS256', 'ES256', 'EdDSA'])
  })
})

describe('under FAPI 2.0', () => {
  test.each([['what nobody changed', PLAIN] as const, ['what was weaker', WEAK] as const])(
    '%s is as strict as the profile, and the rest stays',
    (_name, settings) => {
      const own = { ...settings, securityProfile: 'fapi2' } as const
      expect(settingsInForce(own)).toEqual({ ...own, ...STRICT })
      expect(settingsInForce(settingsInForce(own))).toEqual(settingsInForce(own))
      expect(assertionAlgorithms(own)).toEqual(['PS256', 'ES256', 'EdDSA'])
    },
  )

  test('a choice that it leaves is taken', () => {
    const own = { ...PLAIN, securityProfile: 'fapi2', idTokenAlgorithm: 'EdDSA', assertionAlgorithm: 'PS256' } as const
    expect(settingsInForce(own)).toMatchObject({ idTokenAlgorithm: 'EdDSA', assertionAlgorithm: 'PS256' })
    expect(assertionAlgorithms(own)).toEqual(['PS256'])
  })

  test('what is said against it is named, and what goes with it is not', () => {
    expect(contradictions(WEAK).map(({ member }) => member)).toEqual(Object.keys(STRICT))
    expect(contradictions(STRICT)).toEqual([])
    expect(contradictions({ consent: 'never', idTokenAlgorithm: 'EdDSA' })).toEqual([])
  })
})

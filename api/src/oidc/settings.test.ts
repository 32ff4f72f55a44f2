import { expect, test } from 'vitest'
import { requiresPkce } from '../domain/application.ts'
import { openTestDatabase } from '../testing/open-test-database.ts'
import { acme, createInstance } from '../use-cases/configuration/testing/instance.ts'

const file = (more: object) => acme({ applications: [{ clientId: 'ledger', name: 'Ledger', ...more }] })

/** What decides about the protocol; addresses and keys there are none. */
const DEFAULTS = {
  securityProfile: 'none',
  requirePkce: false,
  requirePushedRequests: false,
  dpopBoundAccessTokens: false,
  firstParty: false,
  idTokenAlgorithm: 'RS256',
  accessTokenFormat: 'opaque',
  consent: 'others',
  sessionRefreshToken: false,
  userInfoInIdToken: false,
  rolesInIdToken: false,
  rolesInAccessToken: false,
  assertionAudienceCompatibility: false,
  requireAssertionType: false,
  development: false,
  schemesWithoutDot: false,
  skipNativeSuccessPage: false,
  sessionManagement: false,
  backchannelLogoutUri: null,
  backchannelLogoutSessionRequired: false,
  frontchannelLogoutUri: null,
  frontchannelLogoutSessionRequired: false,
  initiateLoginUri: null,
  additionalOrigins: [],
  clockSkew: 0,
  accessTokenLifetime: null,
  idTokenLifetime: null,
  refreshTokenIdleLifetime: null,
  refreshTokenAbsoluteLifetime: null,
}

test.each([
  ['web', 'client_secret_basic', false],
  ['api', 'client_secret_basic', false],
  ['spa', 'none', true],
  ['native', 'none', true],
] as const)('AP7 a %s application of which nothing is said', async (type, authenticationMethod, needsPkce) => {
  const { apply, application } = createInstance(await openTestDatabase())
  const { secrets } = await apply(file({ type }))
  expect(secrets).toHaveLength(authenticationMethod === 'none' ? 0 : 1)
  const made = await application('ledger')
  expect(made).toMatchObject({ grantTypes: ['authorization_code'], settings: { ...DEFAULTS, authenticationMethod } })
  expect(requiresPkce(made)).toBe(needsPkce)
})

test.each(['spa', 'native'])('AP8 a %s application keeps no secret', async (type) => {
  const { faults, apply, application } = createInstance(await openTestDatabase())
  const wrong = { secretSha256: ['p6O0aer5X7rBul5LUH85VlKt2zKZt0p--XuNp_lKxFk'], grantTypes: ['client_credentials'] }
  const found = await faults(file({ type, ...wrong, settings: { authenticationMethod: 'private_key_jwt' } }))
  const paths = found.map((fault) => fault.split(' ')[0])
  for (const member of ['secretSha256', 'grantTypes', 'settings.authenticationMethod'])
    expect(paths).toContain(`organizations[0].applications[0].${member}`)
  // what it says of PKCE changes nothing
  await apply(file({ type, settings: { requirePkce: false } }))
  expect(requiresPkce(await application('ledger'))).toBe(true)
})

import { createHash } from 'node:crypto'
import { machines } from './machines.ts'
import { GUILD_PASSWORD, KRUSTE_LOOK, mats, newHires, olga, PASSWORD, PEOPLE, type Person, SECRET } from './people.ts'

/** Seconds. */
const DAY = 86_400

const sha256 = (text: string) => createHash('sha256').update(text).digest('base64url')

type Application = {
  clientId: string
  name: string
  type?: string
  redirectUris?: string[]
  grantTypes?: string[]
  settings?: object
}

/** An application of the tests' relying party at `origin`; confidential unless it says otherwise. */
function application(origin: string, { type = 'web', redirectUris, grantTypes, settings, ...rest }: Application) {
  const isPublic = type !== 'web'
  return {
    ...rest,
    type,
    ...(isPublic ? {} : { secretSha256: [sha256(SECRET)] }),
    redirectUris: redirectUris ?? [`${origin}/callback`],
    postLogoutRedirectUris: [`${origin}/signed-out`],
    grantTypes: grantTypes ?? ['authorization_code', 'refresh_token'],
    // http is for the tests: everything runs on this machine
    settings: { development: true, idTokenAlgorithm: 'ES256', ...settings },
  }
}

const ALGORITHMS = ['ES256', 'RS256', 'EdDSA'] as const
const FORMATS = ['opaque', 'jwt'] as const

/** One application for each signature algorithm and each form of access token. */
export const VARIANTS = ALGORITHMS.flatMap((idTokenAlgorithm) =>
  FORMATS.map((accessTokenFormat) => ({
    clientId: `variant-${idTokenAlgorithm.toLowerCase()}-${accessTokenFormat}`,
    settings: { idTokenAlgorithm, accessTokenFormat },
  })),
)

const programs = machines([sha256(SECRET)])

/** Nobody is offered a second factor: for stories that are about something else. */
export const QUIET_LOGIN = { enrollmentSkipLifetime: 0 }

/** The login is as the product has it where nobody says anything, and passwords get old. */
const MEADOW = {
  primaryDomain: 'meadow.test',
  name: 'Meadow',
  policies: { registration: { isAllowed: false }, login: {}, password: { maxAge: 30 * DAY } },
}

/** What was applied so many seconds before: who is in it has an old password. */
export const LONG_AGO = {
  ago: 31 * DAY,
  configuration: () => ({ organizations: [{ ...MEADOW, users: [user(olga)] }] }),
}

/** What `vestibule apply` is given: two organizations, their people, and the applications of the relying party at `origin`. */
export const configuration = (origin: string, acme: object = {}) => ({
  instance: { policies: { login: { ...QUIET_LOGIN, trustedDeviceLifetime: 30 * DAY } } },
  organizations: [
    {
      primaryDomain: 'acme.test',
      name: 'Acme',
      default: true,
      policies: {
        links: {
          help: 'https://acme.test/help',
          privacy: 'https://acme.test/privacy',
          terms: 'https://acme.test/terms',
        },
      },
      applications: [
        application(origin, { clientId: 'ledger', name: 'Ledger' }),
        application(origin, {
          clientId: 'notary',
          name: 'Notary',
          settings: {
            consent: 'always',
            logoUri: 'https://notary.test/logo.svg',
            initiateLoginUri: 'https://notary.test/start',
            privacyUri: 'https://notary.test/privacy',
            termsUri: 'https://notary.test/terms',
          },
        }),
        application(origin, { clientId: 'atlas', name: 'Atlas', type: 'spa', redirectUris: [`${origin}/atlas`] }),
        application(origin, {
          clientId: 'pocket',
          name: 'Pocket',
          type: 'native',
          redirectUris: ['http://127.0.0.1/callback'],
        }),
        application(origin, {
          clientId: 'notes',
          name: 'Notes',
          type: 'native',
          redirectUris: ['com.acme.notes:/callback'],
          settings: { consent: 'never', initiateLoginUri: 'https://notes.test/start' },
        }),
        application(origin, {
          clientId: 'television',
          name: 'Acme TV',
          type: 'native',
          redirectUris: [],
          grantTypes: ['urn:ietf:params:oauth:grant-type:device_code'],
        }),
        ...VARIANTS.map((variant) => application(origin, { name: `Variant ${variant.clientId}`, ...variant })),
        ...programs.applications,
      ],
      projects: programs.projects,
      serviceUsers: programs.serviceUsers,
      users: PEOPLE.filter(({ organization }) => organization === 'acme.test').map(user),
      ...acme,
    },
    {
      primaryDomain: 'kruste.test',
      name: 'Kruste',
      loginDomain: 'kruste.localhost',
      branding: KRUSTE_LOOK,
      applications: [application(origin, { clientId: 'oven', name: 'Oven' })],
      users: PEOPLE.filter(({ organization }) => organization === 'kruste.test').map(user),
    },
    {
      primaryDomain: 'guild.test',
      name: 'Guild',
      policies: {
        registration: { proofOfWork: true, fields: { username: 'required', phone: 'optional' } },
        password: {
          requireUpperCase: true,
          requireLowerCase: true,
          requireDigit: true,
          requireSymbol: true,
          history: 3,
        },
      },
      users: PEOPLE.filter(({ organization }) => organization === 'guild.test').map((person) => ({
        ...user(person),
        password: GUILD_PASSWORD,
      })),
    },
    { ...MEADOW, users: PEOPLE.filter(({ organization }) => organization === 'meadow.test').map(user) },
  ],
})

const user = (person: Person) => {
  const { givenName, familyName, username, email, state, phone } = person
  const reached = phone ? { phone, phoneVerified: true } : {}
  const passwordMustChange = person === mats || newHires.includes(person)
  const named = { givenName, familyName, username, email, emailVerified: true, ...reached }
  return { ...named, state, password: PASSWORD, passwordMustChange }
}

import { hash } from 'node:crypto'

/** Every secret of the tests is unique, so that it can be found wherever it leaks to. */
export const passwordOf = (name: string) => `canary password ${hash('sha256', name).slice(0, 12)}`
export const secretOf = (clientId: string) => `canary-secret-of-${clientId}-Zq8w5T1bR9uYk3Xn`

export const REDIRECT_URI = 'https://rp.test/cb'
export const SIGNED_OUT_URI = 'https://rp.test/bye'

type Settings = Record<string, unknown>
export type Application = {
  clientId: string
  type: 'web' | 'spa' | 'native' | 'api'
  redirectUris?: string[]
  settings?: Settings
}

/** An application as the configuration has it: the test redirect, both grants, no consent screen. */
export function application({ clientId, type, redirectUris = [REDIRECT_URI], settings = {} }: Application) {
  const isPublic = type === 'spa' || type === 'native'
  return {
    clientId,
    name: `The application ${clientId}`,
    type,
    ...(isPublic ? {} : { secretSha256: [hash('sha256', secretOf(clientId), 'base64url')] }),
    redirectUris,
    postLogoutRedirectUris: [SIGNED_OUT_URI],
    grantTypes: ['authorization_code', 'refresh_token'],
    settings: { authenticationMethod: isPublic ? 'none' : 'client_secret_basic', consent: 'never', ...settings },
  }
}

type Person = {
  name: string
  domain?: string
  state?: string
  displayName?: string
  roles?: string[]
  emailVerified?: boolean
}

/** A person with user name, address and password. */
export const person = ({ name, domain = 'a.test', ...more }: Person) => ({
  username: name,
  email: `${name}@${domain}`,
  emailVerified: true,
  displayName: `${name} of the tests`,
  givenName: name,
  password: passwordOf(name),
  ...more,
})

const noPassword = (name: string) => {
  const { password: _password, ...rest } = person({ name })
  return rest
}

const APPLICATIONS_A = [
  application({ clientId: 'clientPub', type: 'spa' }),
  application({ clientId: 'clientConf', type: 'web' }),
  application({ clientId: 'clientPost', type: 'web', settings: { authenticationMethod: 'client_secret_post' } }),
  application({ clientId: 'clientJwt', type: 'web', settings: { accessTokenFormat: 'jwt' } }),
  application({
    clientId: 'clientNative',
    type: 'native',
    redirectUris: ['http://127.0.0.1/cb', 'org.example.app:/cb'],
  }),
  application({ clientId: 'clientSeveral', type: 'web', redirectUris: [REDIRECT_URI, 'https://rp.test/other?kept=1'] }),
  application({ clientId: 'clientAsking', type: 'web', settings: { consent: 'always' } }),
  application({ clientId: 'rp1', type: 'web' }),
  application({ clientId: 'rp2', type: 'web' }),
]

type Policies = { login?: object } & Record<string, object>

/** Nobody is offered a second factor on the way: an attack ends where it is about to. */
const quiet = ({ login, ...rest }: Policies = {}) => ({ ...rest, login: { enrollmentSkipLifetime: 0, ...login } })

/** Organization A with everybody the cases speak of, and organization B with carol. */
export const CONFIGURATION = {
  instance: { policies: quiet() },
  organizations: [
    {
      primaryDomain: 'a.test',
      name: 'Organization A',
      default: true,
      loginDomain: 'login.a.test',
      applications: APPLICATIONS_A,
      users: [
        ...['bob', 'alice', 'mallory', 'eve', 'grace'].map((name) => person({ name })),
        person({ name: 'locked', state: 'locked' }),
        person({ name: 'deactivated', state: 'deactivated' }),
        person({ name: 'unverified', emailVerified: false }),
        person({ name: 'root', roles: ['instance_owner'] }),
        noPassword('passwordless'),
      ],
    },
    {
      primaryDomain: 'b.test',
      name: 'Organization B',
      applications: [application({ clientId: 'clientB', type: 'web' })],
      users: [person({ name: 'carol', domain: 'b.test' })],
    },
  ],
}

/** The same where no number of failures locks: for what is done to one person hundreds of times. */
export const WITHOUT_LOCKS = withInstance({ lockout: { maxFailures: 0 } })

/** The same with these policies for every organization that has none of its own. */
export function withInstance(policies: Policies) {
  return { ...CONFIGURATION, instance: { policies: quiet(policies) } }
}

type ChangeOfA = { policies?: Policies } & Record<string, unknown>

/** The same with something else said of organization A. A policy of its own is owned whole. */
export const withA = ({ policies, ...change }: ChangeOfA) => ({
  ...CONFIGURATION,
  organizations: CONFIGURATION.organizations.map((organization, index) =>
    index === 0 ? { ...organization, ...change, ...(policies && { policies: quiet(policies) }) } : organization,
  ),
})

import { hash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { machines } from '../../support/machines.ts'
import type { Browser } from '../driver/browser.ts'
import { check, expectStatus } from '../driver/expect.ts'
import { json } from '../driver/request.ts'
import { run } from '../machine/child.ts'
import { CLIENT, PASSWORD, PROGRAM, REDIRECT_URI, RESOURCE, TRIVIAL_HASH, USERS, type User } from '../world.ts'
import type { Place, Subject } from './subject.ts'

const API = new URL('../../../api/', import.meta.url).pathname

type Variant = {
  name: string
  /** What its settings have besides. */
  env?: Record<string, string>
  /** So many people more, who were signed in somewhere. */
  crowd?: number
}

/** Vestibule from its sources, with production settings except for the cost of the password hash and what a variant says. */
export const vestibuleAs = ({ name, env = {}, crowd = 0 }: Variant): Subject => ({
  name,
  async install(at) {
    const file = join(at.folder, 'configuration.json')
    writeFileSync(file, JSON.stringify(configuration()))
    const program = { folder: API, env: { ...environment(at), ...env } }
    await run({ ...program, script: 'src/cli.ts', args: ['apply', file] })
    if (crowd > 0) await run({ ...program, script: 'scripts/crowd.ts', args: [at.folder, String(crowd)] })
    return CLIENT
  },
  program: (at) => ({ script: 'src/main.ts', folder: API, env: { ...environment(at), ...env } }),
  async signIn(browser, page, user, password) {
    const request = await identify(browser, page, user)
    return leave(browser, request, await enterPassword(browser, request, password))
  },
})

/** Vestibule itself. */
export const vestibule: Subject = vestibuleAs({ name: 'Vestibule' })

/** Opens the login page. Out: the path under which its steps are. */
export async function openPage(browser: Browser, page: string): Promise<string> {
  const shown = expectStatus(await browser.get(page), 200)
  check(shown.body.includes('id="page"'), 'no step in the login page')
  return `/api/login/${page.slice(page.lastIndexOf('/') + 1)}`
}

/** Opens the login page and says who one is. Out: the path under which its steps are. */
export async function identify(browser: Browser, page: string, user: User): Promise<string> {
  const request = await openPage(browser, page)
  const step = await act(browser, `${request}/identifier`, { identifier: user.username })
  check(step.kind === 'first_factor', `no password asked for: ${step.kind}`)
  return request
}

export const enterPassword = (browser: Browser, request: string, password: string) =>
  act(browser, `${request}/password`, { password, staySignedIn: false })

/** From a step after the proof to the address at the relying party. */
export async function leave(browser: Browser, request: string, proven: Step): Promise<string> {
  let step = proven
  if (step.kind === 'consent') step = await act(browser, `${request}/consent`, { allow: true })
  if (step.kind === 'complete') step = await act(browser, `${request}/finish`, {})
  check(step.kind === 'redirect' && step.redirect, `not at the relying party: ${step.kind}`)
  return step.redirect.to
}

type Step = { kind: string; redirect?: { to: string } }

/** Does what a step permits. Out: the next step. */
export async function act(browser: Browser, path: string, input: unknown): Promise<Step> {
  return JSON.parse(expectStatus(await browser.post(path, json(input)), 200).body).step
}

const environment = (at: Place): Record<string, string> => ({
  PORT: String(at.port),
  HOST: '127.0.0.1',
  PUBLIC_URL: at.origin,
  DATA_DIR: at.folder,
  SQLITE_SYNCHRONOUS: at.synchronous,
  LOG_LEVEL: 'warn',
  DEMO: 'off',
  // the limits count as ever, they only refuse later: all logins come from one address
  RATE_LIMIT_FACTOR: '1000000',
  ARGON2_MEMORY_KIB: String(TRIVIAL_HASH.memoryCost),
  ARGON2_PASSES: String(TRIVIAL_HASH.timeCost),
})

const sha256 = (secret: string) => hash('sha256', secret, 'base64url')
const robots = machines([])

/** The world as `vestibule apply` reads it: the secret itself stays with the client. */
const configuration = () => ({
  // the peer offers nobody a second factor either
  instance: { policies: { login: { enrollmentSkipLifetime: 0 } } },
  organizations: [
    {
      name: 'Bench',
      primaryDomain: 'bench.example',
      default: true,
      applications: [
        {
          name: 'Bench',
          type: 'web',
          clientId: CLIENT.id,
          secretSha256: [sha256(CLIENT.secret)],
          redirectUris: [REDIRECT_URI],
          postLogoutRedirectUris: [],
          grantTypes: ['authorization_code', 'refresh_token', 'client_credentials'],
          settings: { idTokenAlgorithm: 'ES256', requirePkce: true },
        },
        {
          name: 'Program',
          type: 'api',
          clientId: PROGRAM.id,
          secretSha256: [sha256(PROGRAM.secret)],
          grantTypes: ['client_credentials'],
          settings: { idTokenAlgorithm: 'ES256', accessTokenFormat: 'jwt' },
        },
        { name: 'API', type: 'api', clientId: 'bench-api', settings: { resources: [RESOURCE] } },
      ],
      projects: robots.projects,
      serviceUsers: robots.serviceUsers,
      users: USERS.map((user) => ({ ...user, emailVerified: true, password: PASSWORD })),
    },
  ],
})

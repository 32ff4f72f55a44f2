import type { AssertionResponse } from '@vestibule/shared/contract/webauthn.ts'
import type { Hono } from 'hono'
import { createApp } from '../../app.ts'
import type { Deps } from '../../deps.ts'
import type { OrganizationId, UserId } from '../../domain/ids.ts'
import type { Env } from '../../http/env.ts'
import { type Browser, createBrowser } from '../browser.ts'
import { addTelevision } from '../device.ts'
import { createWorld, ISSUER, PASSWORD, SITE, type World } from '../world.ts'
import { type Application, nothing, type Organization, type Person, type Request } from './cast.ts'
import { createLedger, type Grant, type Ledger } from './grants.ts'
import type { Key } from './key-steps.ts'
import { createMailbox, type Mailbox } from './messages.ts'
import type { Conversation } from './native-verbs.ts'
import { createOracle, type Oracle } from './oracle.ts'
import type { Passkey } from './passkey-steps.ts'

/** What the server of a run is made of; a test that seeds a bypass changes it. */
export type Tamper = (deps: Deps) => Deps

/** Everything that one run is played on. */
export type Stage = {
  world: World
  app: Hono<Env>
  browsers: Browser[]
  people: Person[]
  applications: Application[]
  requests: Request[]
  /** A first-party application, and what it said to us about each login. */
  game: Application
  conversations: Conversation[]
  /** Every passkey that somebody made, also those that were removed; then answers of them and of keys that were taken. */
  passkeys: Passkey[]
  answersTaken: AssertionResponse[]
  keys: Key[]
  /** A television without a browser, and the codes that it asked for. */
  television: Application
  devices: { code: string; request: string; grant: Grant | null }[]
  /** Links by which another device makes a passkey. */
  links: { owner: Person; session: string; token: string; at: number; isDead: boolean }[]
  /** Tokens of links in notices that were followed. */
  followed: Set<string>
  /** Recovery codes that must not open anything any more. */
  burned: string[]
  /** Whom which browser was ever trusted with. */
  spared: { person: Person; browser: number }[]
  oracle: Oracle
  mail: Mailbox
  ledger: Ledger
  /** Every handle that a browser had, also those that were replaced. */
  handles: { browser: number; value: string }[]
  /** What happened, a line each, for whoever reads a failure. */
  story: string[]
  /** How often what happened. */
  seen: (what: string) => void
}

const BROWSERS = 3
const MINUTE = 60
/** Seconds. One organization lets browsers be trusted and offers second factors; the other one demands them. */
const LOGIN_POLICIES = [
  {
    passwordCheckLifetime: 60 * MINUTE,
    passkeyCheckLifetime: 50 * MINUTE,
    secondFactorCheckLifetime: 20 * MINUTE,
    trustedDeviceLifetime: 100 * MINUTE,
    enrollmentSkipLifetime: 10 * MINUTE,
    forceSecondFactor: 'never',
    sessionIdleLifetime: 30 * MINUTE,
    sessionAbsoluteLifetime: 120 * MINUTE,
  },
  {
    passwordCheckLifetime: 1440 * MINUTE,
    passkeyCheckLifetime: 1440 * MINUTE,
    secondFactorCheckLifetime: 60 * MINUTE,
    trustedDeviceLifetime: 0,
    enrollmentSkipLifetime: 0,
    forceSecondFactor: 'always',
    sessionIdleLifetime: 180 * MINUTE,
    sessionAbsoluteLifetime: 2880 * MINUTE,
  },
] as const
/** Guesses are no part of this, and no address is asked to wait. */
const ENV = { RATE_LIMIT_FACTOR: '100000' }

/** Two organizations with one person and one application each, a third application that always asks, and three browsers. */
export async function setStage(seen: Stage['seen'], tamper: Tamper = (deps) => deps): Promise<Stage> {
  const world = await createWorld({ env: ENV })
  const { clock, acme } = world
  const globex = await world.addOrganization('globex.test')
  const organizations = await Promise.all(
    [acme, globex].map((id, index) => organizationOf(world, id, LOGIN_POLICIES[index]!)),
  )
  const oracle = createOracle(clock.now)
  const people = [
    await personOf(world, 'ann@acme.test', '+4930111111', acme, organizations[0]!),
    await personOf(world, 'bea@globex.test', '+4930222222', globex, organizations[1]!),
  ]
  for (const person of people) oracle.add(person)
  const app = createApp(tamper(world.deps), { web: SITE })
  return {
    world,
    app,
    people,
    oracle,
    seen,
    browsers: Array.from({ length: BROWSERS }, (_, at) => createBrowser(app, ISSUER, `203.0.113.${at + 1}`)),
    applications: [
      await applicationOf(world, 'ledger', acme, organizations[0]!, 'others'),
      await applicationOf(world, 'oven', globex, organizations[1]!, 'others'),
      await applicationOf(world, 'notary', acme, organizations[0]!, 'always'),
    ],
    requests: [],
    game: await gameOf(world, acme, organizations[0]!),
    conversations: [],
    passkeys: [],
    answersTaken: [],
    keys: [],
    television: await televisionOf(world, organizations[0]!),
    devices: [],
    links: [],
    followed: new Set(),
    burned: [],
    spared: [],
    mail: createMailbox(clock.now),
    ledger: createLedger(clock.now),
    handles: [],
    story: [],
  }
}

async function organizationOf(
  world: World,
  id: OrganizationId,
  policy: (typeof LOGIN_POLICIES)[number],
): Promise<Organization> {
  await world.setPolicy('login', policy, id)
  await world.setPolicy('lockout', { maxFailures: 0 }, id)
  return {
    name: id,
    checkLifetime: policy.passwordCheckLifetime * 1000,
    idleLifetime: policy.sessionIdleLifetime * 1000,
    absoluteLifetime: policy.sessionAbsoluteLifetime * 1000,
    passkeyLifetime: policy.passkeyCheckLifetime * 1000,
    secondLifetime: policy.secondFactorCheckLifetime * 1000,
    trustLifetime: policy.trustedDeviceLifetime * 1000,
    isForced: policy.forceSecondFactor === 'always',
    off: new Set(),
    policy,
  }
}

async function personOf(
  world: World,
  loginName: string,
  phone: string,
  at: OrganizationId,
  organization: Organization,
): Promise<Person> {
  const id: UserId = await world.addUser(loginName.split('@')[0]!, { organization: at, email: loginName, phone })
  const stands = { state: 'active', mustChange: false, isLeaving: false } as const
  return { ...stands, id, loginName, phone, organization, password: PASSWORD, holds: nothing() }
}

async function televisionOf(world: World, organization: Organization): Promise<Application> {
  await addTelevision(world, { consent: 'others' })
  return { clientId: 'television', organization, asks: 'others', given: new Map() }
}

async function gameOf(world: World, at: OrganizationId, organization: Organization): Promise<Application> {
  const settings = { consent: 'others', firstParty: true } as const
  await world.addApplication('game', { organization: at, type: 'native', settings })
  return { clientId: 'game', organization, asks: 'others', given: new Map() }
}

async function applicationOf(
  world: World,
  clientId: string,
  at: OrganizationId,
  organization: Organization,
  asks: 'others' | 'always',
): Promise<Application> {
  const settings = { consent: asks, sessionRefreshToken: true } as const
  await world.addApplication(clientId, { organization: at, settings })
  return { clientId, organization, asks, given: new Map() }
}

import { OWN_DATA_LISTS, type OwnData } from '@vestibule/shared/contract/own-data.ts'
import type { Deps, StoredEvent } from '../../deps.ts'
import { isId, type UserId } from '../../domain/ids.ts'
import { Problem } from '../../domain/problem.ts'

/** Rows of one list. */
const MOST = {
  credentials: 1000,
  sessions: 1000,
  trustedDevices: 1000,
  knownBrowsers: 1000,
  grants: 1000,
  messages: 1000,
  events: 5000,
} as const

/** Everything that is kept of this person. @throws Problem unauthenticated when there is nobody */
export async function collectOwnData(deps: Deps, userId: UserId): Promise<OwnData> {
  const { settings, clock, repositories } = deps
  const person = await repositories.users.findPerson(userId)
  if (!person) throw new Problem('unauthenticated')
  const { id, subject, displayName, organizationName: organization, createdAt, deletionAt } = person
  const roles = await repositories.managerRoles.listOfUser(userId)
  const identifiers = await repositories.users.listIdentifiers(userId)
  const acceptances = await repositories.acceptances.listOfUser(userId)
  const picture = await repositories.ownData.findPicture(userId)
  return {
    format: 'vestibule-own-data',
    version: 1,
    issuer: settings.issuer,
    exportedAt: time(clock.now()),
    account: timed({ id, subject, displayName, organization, createdAt, deletionAt, roles }),
    profile: person.profile as OwnData['profile'],
    picture: picture && Buffer.from(picture).toString('base64'),
    contacts: identifiers.map(({ kind, value, verifiedAt }) => timed({ kind, value, verifiedAt })),
    consents: await consentsOf(deps, userId),
    metadata: await repositories.userMetadata.findOfUser(userId),
    acceptances: acceptances.map(({ userId: _userId, ...row }) => timed(row)),
    ...(await listsOf(deps, userId)),
  }
}

/** What may be long. One row more than is given out says whether something was cut. */
async function listsOf({ repositories: { ownData, events } }: Deps, userId: UserId) {
  const found = {
    credentials: (await ownData.listCredentials(userId, MOST.credentials + 1)).map(timed),
    sessions: (await ownData.listSessions(userId, MOST.sessions + 1)).map(sessionOf),
    trustedDevices: (await ownData.listTrustedDevices(userId, MOST.trustedDevices + 1)).map(timed),
    knownBrowsers: (await ownData.listKnownBrowsers(userId, MOST.knownBrowsers + 1)).map(timed),
    grants: (await ownData.listGrants(userId, MOST.grants + 1)).map(timed),
    messages: (await ownData.listMessages(userId, MOST.messages + 1)).map(timed),
    events: (await events.listOfPerson(userId, MOST.events + 1)).map(eventOf),
  }
  const { credentials, sessions, trustedDevices, knownBrowsers, grants, messages } = found
  return {
    credentials: credentials.slice(0, MOST.credentials),
    sessions: sessions.slice(0, MOST.sessions),
    trustedDevices: trustedDevices.slice(0, MOST.trustedDevices),
    knownBrowsers: knownBrowsers.slice(0, MOST.knownBrowsers),
    grants: grants.slice(0, MOST.grants),
    messages: messages.slice(0, MOST.messages),
    events: found.events.slice(0, MOST.events),
    cut: OWN_DATA_LISTS.filter((list) => found[list].length > MOST[list]),
  }
}

async function consentsOf({ repositories }: Deps, userId: UserId): Promise<OwnData['consents']> {
  const agreed = await repositories.consents.listOfUser(userId)
  const names = await repositories.applications.listNames(agreed.map(({ applicationId }) => applicationId))
  return agreed.map(({ applicationId, scopes, grantedAt }) =>
    timed({ application: names.get(applicationId) ?? null, scopes, grantedAt }),
  )
}

type StoredSession = Awaited<ReturnType<Deps['repositories']['ownData']['listSessions']>>[number]

const sessionOf = ({ checks, ...session }: StoredSession) => ({
  ...timed(session),
  checks: checks.map(({ factor, at }) => ({ factor, at: time(at) })),
})

/** Without the ids of other people: a manager is one, whoever it was. */
function eventOf({ id, at, type, actor, target, person, data }: StoredEvent): OwnData['events'][number] {
  const isOther = target !== null && isId('usr', target) && target !== person
  return { id, at: time(at), type, by: authorOf(actor, person), target: isOther ? null : target, data }
}

function authorOf(actor: string | null, person: UserId | null): OwnData['events'][number]['by'] {
  if (actor === null) return null
  if (isId('usr', actor)) return actor === person ? 'self' : 'manager'
  return isId('app', actor) ? 'application' : null
}

const time = (at: number): string => new Date(at).toISOString()

type Timed<Row> = {
  [Name in keyof Row]: Name extends `${string}At` ? (null extends Row[Name] ? string | null : string) : Row[Name]
}

/** What is called `...At` is a time, and is written as one (ISO 8601). */
function timed<Row extends object>(row: Row): Timed<Row> {
  const members = Object.entries(row).map(([name, value]) => [
    name,
    name.endsWith('At') && typeof value === 'number' ? time(value) : value,
  ])
  return Object.fromEntries(members) as Timed<Row>
}

import type { ActivityType } from '@vestibule/shared/activity.ts'
import type { Activity } from '@vestibule/shared/contract/activity.ts'
import type { Deps, StoredEvent } from '../../deps.ts'
import { ACTIVITY_OF } from '../../domain/activity.ts'
import type { EventType } from '../../domain/events.ts'
import { type ApplicationId, type EventId, isId, type SessionId, type UserId } from '../../domain/ids.ts'
import { Problem } from '../../domain/problem.ts'
import type { AccountActor } from './current-account.ts'
import { describeBrowser } from './describe-browser.ts'

const PAGE = 20

type ActivityPage = { activity: Activity[]; next: string | null }

/** What happened to the own account, newest first, from a place on that an earlier answer named. @throws Problem invalid_input */
export async function listActivity(
  deps: Deps,
  { login: { userId } }: Pick<AccountActor, 'login'>,
  before?: string,
): Promise<ActivityPage> {
  if (before !== undefined && !isId('evt', before)) throw new Problem('invalid_input')
  const rows = await deps.repositories.events.listOfPerson(userId, PAGE + 1, before as EventId | undefined)
  const page = rows.slice(0, PAGE)
  return { activity: await viewsOf(deps, userId, page), next: rows.length > PAGE ? page.at(-1)!.id : null }
}

async function viewsOf(deps: Deps, person: UserId, events: readonly StoredEvent[]): Promise<Activity[]> {
  const { sessions, applications } = deps.repositories
  const sessionIds = events.map(sessionOf).filter((id) => id !== null)
  const applicationIds = events.map(applicationOf).filter((id) => id !== null)
  const agents = new Map((await sessions.listBrowsers(person, sessionIds)).map(({ id, userAgent }) => [id, userAgent]))
  const names = await applications.listNames(applicationIds)
  const views = events.map(async (event) => {
    const type = typeOf(event)
    if (!type) return null
    const [session, application] = [sessionOf(event), applicationOf(event)]
    return {
      id: event.id,
      at: new Date(event.at).toISOString(),
      type,
      by: authorOf(event),
      ...(await describeBrowser((session && agents.get(session)) ?? '')),
      application: (application && names.get(application)) ?? null,
    }
  })
  return (await Promise.all(views)).filter((view) => view !== null)
}

const typeOf = ({ type }: StoredEvent): ActivityType | null => ACTIVITY_OF[type as EventType] ?? null

function authorOf({ actor, person }: StoredEvent): Activity['by'] {
  if (actor === null || !isId('usr', actor)) return null
  return actor === person ? 'self' : 'manager'
}

/** In which session it happened, or which one it was about. */
function sessionOf({ target, data }: StoredEvent): SessionId | null {
  const named = data.session ?? target
  return typeof named === 'string' && isId('ses', named) ? named : null
}

const applicationOf = ({ actor, target }: StoredEvent): ApplicationId | null =>
  [target, actor].find((id): id is ApplicationId => id !== null && isId('app', id)) ?? null

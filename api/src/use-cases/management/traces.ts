import type { Deps } from '../../deps.ts'
import { Problem } from '../../domain/problem.ts'
import type { Trace } from '../../domain/traces/trace.ts'
import { findTrace, type ShownTrace } from '../traces/find-trace.ts'
import { getApplicationOf } from './applications/list-applications.ts'
import { actAsManager, type ManagerHandle } from './manager.ts'

/** Traces a list may hold. */
const MOST = 50

type View<T extends Trace> = Omit<T, 'at' | 'owner' | 'applicationId'> & { at: string }

const viewOf = <T extends Trace>({ owner: _owner, applicationId: _application, at, ...rest }: T): View<T> => ({
  ...rest,
  at: new Date(at).toISOString(),
})

/**
 * One trace: of this organization, or any for whoever manages the instance. @throws Problem as actAsManager, and not_found for one that is
 * not there, or not theirs
 */
export async function getTrace(
  deps: Deps,
  who: ManagerHandle,
  { organization, trace: id }: { organization: string | null; trace: string },
): Promise<View<ShownTrace>> {
  const { owner } = await deps.db.transaction((tx) => actAsManager(deps, tx, who, organization))
  const trace = await findTrace(deps, id)
  if (!trace || (owner !== 'instance' && trace.owner !== owner)) throw new Problem('not_found')
  return viewOf(trace)
}

/** The last ones of an application, newest first. @throws Problem as actAsManager, not_found */
export async function listTraces(
  deps: Deps,
  who: ManagerHandle,
  { organization, application }: { organization: string; application: string },
): Promise<View<Trace>[]> {
  const place = await deps.db.transaction(async (tx) => {
    const { owner } = await actAsManager(deps, tx, who, organization)
    const { id } = await getApplicationOf(deps, tx, owner, application)
    return { applicationId: id, owner }
  })
  return (await deps.repositories.traces.listOfApplication(place, MOST)).map(viewOf)
}

import { tokenHash } from '../../crypto/token.ts'
import type { Deps, Executor } from '../../deps.ts'
import type { ProjectId } from '../../domain/ids.ts'

/** Client ids, subjects and ids of projects stand beside each other in tokens: none may be another, or have been. */
export async function isFree({ repositories }: Deps, tx: Executor, name: string): Promise<boolean> {
  const { applications, users, projects, departures } = repositories
  const [client] = await applications.listByClientId(tx, [name])
  const [project] = await projects.list([name as ProjectId], tx)
  const [retired] = await departures.listRetired(tx, [tokenHash(name)])
  return !client && !project && !retired && (await users.findBySubject(name, tx)) === null
}

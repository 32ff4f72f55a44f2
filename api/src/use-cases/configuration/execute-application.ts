import { tokenHash } from '../../crypto/token.ts'
import { newId } from '../../domain/ids.ts'
import { recordEvent } from '../record-event.ts'
import type { ChangeOf, PlannedApplication } from './change.ts'
import { type Execution, organizationOf } from './execution.ts'

export async function createApplication(execution: Execution, change: ChangeOf<'create_application'>): Promise<void> {
  const { deps, tx, now, actor = null } = execution
  const organizationId = organizationOf(execution, change.primaryDomain)
  const id = newId('app', { now: deps.clock.now, randomBytes: deps.randomBytes })
  const application = withSecret(execution, change)
  await deps.repositories.applications.create(tx, { ...application, id, organizationId, createdAt: now })
  const { clientId } = application
  await recordEvent(deps, tx, { type: 'application.created', organizationId, actor, target: id, data: { clientId } })
}

export async function changeApplication(execution: Execution, change: ChangeOf<'change_application'>): Promise<void> {
  const { deps, tx, actor = null } = execution
  const organizationId = organizationOf(execution, change.primaryDomain)
  await deps.repositories.applications.change(tx, change.id, withSecret(execution, change))
  const changed = [...change.differences.map(({ name }) => name), ...(change.needsSecret ? ['secret'] : [])]
  await recordEvent(deps, tx, {
    type: 'application.changed',
    organizationId,
    actor,
    target: change.id,
    data: { changed },
  })
}

type Planned = { application: PlannedApplication; needsSecret: boolean }

/** 256 random bits, which nobody can guess: a fast hash of them is enough. */
function withSecret({ deps, secrets }: Execution, { application, needsSecret }: Planned): PlannedApplication {
  if (!needsSecret) return application
  const secret = deps.randomBytes(32).toString('base64url')
  secrets.push({ clientId: application.clientId, secret })
  return { ...application, secretHashes: [tokenHash(secret)] }
}

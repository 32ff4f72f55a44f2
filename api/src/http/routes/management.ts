import { managementRoutes as routes } from '@vestibule/shared/contract/management.ts'
import { POLICIES, type PolicyKind, type PolicyOf } from '@vestibule/shared/policies.ts'
import type { Deps } from '../../deps.ts'
import { listDeadLetters } from '../../use-cases/management/dead-letters.ts'
import { getPolicy, setPolicy } from '../../use-cases/management/policies.ts'
import { unlockMember } from '../../use-cases/management/unlock.ts'
import { checked } from '../implement.ts'
import { forManagers } from '../managers.ts'
import type { Mount } from '../mount.ts'
import { mountManagedApplications } from './managed-applications.ts'
import { mountManagedEvents } from './managed-events.ts'
import { mountManagedManagers } from './managed-managers.ts'
import { mountManagedOrganizations } from './managed-organizations.ts'
import { mountManagedProjects } from './managed-projects.ts'
import { mountManagedServiceUsers } from './managed-service-users.ts'
import { mountManagedUsers } from './managed-users.ts'

/** What was sent, as a policy of this kind. */
const sent = (body: unknown) => (kind: PolicyKind) => checked(POLICIES[kind], body) as PolicyOf<PolicyKind>
const ofInstance = ({ kind }: { kind: string }) => ({ organization: null, kind })

/** What managers do, each by a permission that the access table names. */
export function mountManagement(mount: Mount, deps: Deps): void {
  const serve = forManagers(mount, deps)

  serve(routes.getPolicy)((who, { params }) => getPolicy(deps, who, params))
  serve(routes.setPolicy)((who, { params, body }) => setPolicy(deps, who, params, sent(body)))
  serve(routes.inheritPolicy)((who, { params }) => setPolicy(deps, who, params, null))
  serve(routes.getInstancePolicy)((who, { params }) => getPolicy(deps, who, ofInstance(params)))
  serve(routes.setInstancePolicy)((who, { params, body }) => setPolicy(deps, who, ofInstance(params), sent(body)))
  serve(routes.inheritInstancePolicy)((who, { params }) => setPolicy(deps, who, ofInstance(params), null))
  serve(routes.unlockUser)(async (who, { params }) => ({ unlocked: await unlockMember(deps, who, params) }))
  serve(routes.listDeadLetters)(async (who, { params }) => ({
    messages: await listDeadLetters(deps, who, params.organization),
  }))

  mountManagedApplications(mount, deps)
  mountManagedEvents(mount, deps)
  mountManagedManagers(mount, deps)
  mountManagedOrganizations(mount, deps)
  mountManagedProjects(mount, deps)
  mountManagedServiceUsers(mount, deps)
  mountManagedUsers(mount, deps)
}

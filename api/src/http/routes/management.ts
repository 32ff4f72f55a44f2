import { managementRoutes as routes } from '@vestibule/shared/contract/management.ts'
import { POLICIES, type PolicyKind, type PolicyOf } from '@vestibule/shared/policies.ts'
import type { Deps } from '../../deps.ts'
import { listDeadLetters } from '../../use-cases/management/dead-letters.ts'
import { getPolicy, setPolicy } from '../../use-cases/management/policies.ts'
import { unlockMember } from '../../use-cases/management/unlock.ts'
import { managerHandle } from '../actor.ts'
import type { Http } from '../env.ts'
import { checked, implement } from '../implement.ts'
import type { Mount } from '../mount.ts'

/** What was sent, as a policy of this kind. */
const sent = (body: unknown) => (kind: PolicyKind) => checked(POLICIES[kind], body) as PolicyOf<PolicyKind>
const ofInstance = ({ kind }: { kind: string }) => ({ organization: null, kind })

/** What managers do, each by a permission that the access table names. */
export function mountManagement(mount: Mount, deps: Deps): void {
  const handle = (c: Http) => managerHandle(c, deps.settings)

  implement(mount, routes.getPolicy)(({ params }, c) => getPolicy(deps, handle(c), params))
  implement(mount, routes.setPolicy)(({ params, body }, c) => setPolicy(deps, handle(c), params, sent(body)))
  implement(mount, routes.inheritPolicy)(({ params }, c) => setPolicy(deps, handle(c), params, null))
  implement(mount, routes.getInstancePolicy)(({ params }, c) => getPolicy(deps, handle(c), ofInstance(params)))
  implement(
    mount,
    routes.setInstancePolicy,
  )(({ params, body }, c) => setPolicy(deps, handle(c), ofInstance(params), sent(body)))
  implement(
    mount,
    routes.inheritInstancePolicy,
  )(({ params }, c) => setPolicy(deps, handle(c), ofInstance(params), null))
  implement(
    mount,
    routes.unlockUser,
  )(async ({ params }, c) => ({ unlocked: await unlockMember(deps, handle(c), params) }))
  implement(
    mount,
    routes.listDeadLetters,
  )(async ({ params }, c) => ({ messages: await listDeadLetters(deps, handle(c), params.organization) }))
}

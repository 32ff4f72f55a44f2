import type { Deps, KnownApplication } from '../../deps.ts'
import type { OrganizationId, UserId } from '../../domain/ids.ts'
import { asksForMetadata, projectsToSay, reservedClaims } from '../../domain/reserved-claims.ts'
import { usualAudience } from '../resource.ts'

type About = {
  application: KnownApplication
  grant: { userId: UserId | null; organizationId: OrganizationId }
  scopes: readonly string[]
  audience: string[] | null
}

/** What the reserved scopes say of somebody, roles included, for a token whose application wants it there. */
export async function roleClaims(deps: Deps, { application, grant, scopes, audience }: About) {
  const { organizations, projects, userMetadata } = deps.repositories
  const home = grant.userId === null ? null : await organizations.find(grant.organizationId)
  if (grant.userId === null || !home) return {}
  const own = application.projectId === null ? null : ((await projects.list([application.projectId]))[0] ?? null)
  const named = projectsToSay(scopes, own, audience ?? usualAudience(application))
  const metadata = asksForMetadata(scopes) ? await userMetadata.findOfUser(grant.userId) : {}
  return reservedClaims(scopes, { home, own, grants: await projects.listRoles(grant.userId, named), metadata })
}

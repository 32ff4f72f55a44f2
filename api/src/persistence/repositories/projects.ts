import { and, eq, inArray } from 'drizzle-orm'
import type { OrganizationId, ProjectId, UserId } from '../../domain/ids.ts'
import type { RoleGrant } from '../../domain/reserved-claims.ts'
import type { Database, Executor } from '../database.ts'
import { inChunks } from '../in-chunks.ts'

export type Project = Database['tables']['projects']['$inferSelect']

export function projectRepository(db: Database) {
  const { projects, userGrants, users, organizations } = db.tables
  return {
    async list(ids: readonly ProjectId[], tx?: Executor): Promise<Project[]> {
      return inChunks(ids, (some) => (tx ?? db.query).select().from(projects).where(inArray(projects.id, some)))
    },
    /** Made, or made anew with what is said of it. */
    async set(tx: Executor, { id, organizationId, ...values }: Project) {
      await tx
        .insert(projects)
        .values({ id, organizationId, ...values })
        .onConflictDoUpdate({ target: projects.id, set: values })
    },
    /** The roles that somebody has in a project, in the place of those before; none takes the grant away. */
    async grant(tx: Executor, { userId, projectId, roles }: { userId: UserId; projectId: ProjectId; roles: string[] }) {
      const isTheirs = and(eq(userGrants.userId, userId), eq(userGrants.projectId, projectId))
      if (roles.length === 0) await tx.delete(userGrants).where(isTheirs)
      else
        await tx
          .insert(userGrants)
          .values({ userId, projectId, roles })
          .onConflictDoUpdate({ target: [userGrants.userId, userGrants.projectId], set: { roles } })
    },
    async listGrants(userIds: readonly UserId[], tx?: Executor) {
      return inChunks(userIds, (some) =>
        (tx ?? db.query).select().from(userGrants).where(inArray(userGrants.userId, some)),
      )
    },
    /** What somebody may be said to be in these projects: only where their organization may use the project, and it has the role. */
    async listRoles(userId: UserId, projectIds: readonly ProjectId[], tx?: Executor): Promise<RoleGrant[]> {
      if (projectIds.length === 0) return []
      const rows = await (tx ?? db.query)
        .select({
          project: projects,
          roles: userGrants.roles,
          organizationId: organizations.id,
          primaryDomain: organizations.primaryDomain,
        })
        .from(userGrants)
        .innerJoin(projects, eq(projects.id, userGrants.projectId))
        .innerJoin(users, eq(users.id, userGrants.userId))
        .innerJoin(organizations, eq(organizations.id, users.organizationId))
        .where(and(eq(userGrants.userId, userId), inArray(userGrants.projectId, [...projectIds])))
      return rows
        .filter(({ project, organizationId }) => mayUse(project, organizationId))
        .map(({ project, roles, ...home }) => ({
          ...home,
          projectId: project.id,
          roles: roles.filter((role) => project.roles.includes(role)),
        }))
    },
    /** Those of these projects that people of an organization may use. */
    async listPermitted(
      ids: readonly ProjectId[],
      organizationId: OrganizationId,
      tx?: Executor,
    ): Promise<ProjectId[]> {
      const known = await this.list(ids, tx)
      return known.filter((project) => mayUse(project, organizationId)).map(({ id }) => id)
    },
  }
}

const mayUse = ({ organizationId, grantedTo }: Project, of: OrganizationId): boolean =>
  organizationId === of || grantedTo.includes(of)

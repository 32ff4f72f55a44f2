import { and, asc, eq, gt, inArray } from 'drizzle-orm'
import type { OrganizationId, ProjectId, UserId } from '../../domain/ids.ts'
import type { RoleGrant } from '../../domain/reserved-claims.ts'
import type { Database, Executor } from '../database.ts'
import { inChunks } from '../in-chunks.ts'

export type Project = Database['tables']['projects']['$inferSelect']

export function projectRepository(db: Database) {
  const { projects, userGrants, users, organizations, applications } = db.tables
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
    /** In the order of their ids, those behind `after` when there is one. */
    async listOfOrganization(
      tx: Executor,
      { owner, after, most }: { owner: OrganizationId; after: ProjectId | null; most: number },
    ): Promise<Project[]> {
      const behind = after === null ? undefined : gt(projects.id, after)
      return tx
        .select()
        .from(projects)
        .where(and(eq(projects.organizationId, owner), behind))
        .orderBy(asc(projects.id))
        .limit(most)
    },
    /** Who of this organization has roles in a project, in the order of their ids. */
    async listGrantsOf(
      tx: Executor,
      { projectId, organizationId, after, most }: GrantsOf,
    ): Promise<{ userId: UserId; projectId: ProjectId; roles: string[] }[]> {
      const behind = after === null ? undefined : gt(userGrants.userId, after)
      return tx
        .select({ userId: userGrants.userId, projectId: userGrants.projectId, roles: userGrants.roles })
        .from(userGrants)
        .innerJoin(users, eq(users.id, userGrants.userId))
        .where(and(eq(userGrants.projectId, projectId), eq(users.organizationId, organizationId), behind))
        .orderBy(asc(userGrants.userId))
        .limit(most)
    },
    /** With what people were in it; its applications stay, without one. */
    async remove(tx: Executor, id: ProjectId) {
      await tx.delete(userGrants).where(eq(userGrants.projectId, id))
      await tx.update(applications).set({ projectId: null }).where(eq(applications.projectId, id))
      await tx.delete(projects).where(eq(projects.id, id))
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

type GrantsOf = { projectId: ProjectId; organizationId: OrganizationId; after: UserId | null; most: number }

const mayUse = ({ organizationId, grantedTo }: Project, of: OrganizationId): boolean =>
  organizationId === of || grantedTo.includes(of)

import type { OrganizationId, ProjectId, UserId } from '../../domain/ids.ts'
import type { SchemaDialect } from '../dialect.sqlite.ts'
import type { AccountTables } from './accounts.ts'
import type { OrganizationTables } from './organizations.ts'

/** Applications that belong together, the roles that people have there, and who has which. */
export function projectTables(d: SchemaDialect, { organizations, users }: OrganizationTables & AccountTables) {
  const projects = d.table(
    'projects',
    {
      /** Chosen by whoever made it, or brought along: applications have it in their scopes. */
      id: d.string('id').$type<ProjectId>().primaryKey(),
      organizationId: d
        .string('organization_id')
        .$type<OrganizationId>()
        .notNull()
        .references(() => organizations.id, { onDelete: 'cascade' }),
      name: d.string('name').notNull(),
      /** Its roles are said at userinfo and introspection without being asked for. */
      assertsRoles: d.flag('asserts_roles').notNull().default(false),
      roles: d.sharedJson<string[]>()('roles').notNull(),
      /** Organizations whose people may have roles there, besides its own. */
      grantedTo: d.sharedJson<OrganizationId[]>()('granted_to').notNull(),
    },
    (t) => [d.index('projects_organization_idx').on(t.organizationId, t.id)],
  )

  const userGrants = d.table(
    'user_grants',
    {
      userId: d
        .string('user_id')
        .$type<UserId>()
        .notNull()
        .references(() => users.id, { onDelete: 'cascade' }),
      // no foreign key: it counts only in a join with its project, which a file may name later than its people
      projectId: d.string('project_id').$type<ProjectId>().notNull(),
      roles: d.sharedJson<string[]>()('roles').notNull(),
    },
    (t) => [
      d.primaryKey({ columns: [t.userId, t.projectId] }),
      d.index('user_grants_project_idx').on(t.projectId, t.userId),
    ],
  )

  return { projects, userGrants }
}

import { createRoute, z } from '@hono/zod-openapi'
import { projectConfigurationSchema } from '../configuration-project.ts'
import { changing, gone, managed, organization } from './management.ts'
import { next, paging } from './paging.ts'
import { body, json, problems } from './problems.ts'

const projectSchema = z.object({
  id: z.string(),
  organization: z.string(),
  name: z.string(),
  assertsRoles: z.boolean(),
  roles: z.array(z.string()),
  /** Primary domains of organizations whose people may have roles in it. */
  grantedTo: z.array(z.string()),
})
export type ManagedProject = z.infer<typeof projectSchema>

const grantSchema = z.object({ user: z.string(), project: z.string(), roles: z.array(z.string()) })
export type ManagedGrant = z.infer<typeof grantSchema>

const PROJECTS = '/api/v1/organizations/{organization}/projects'
const PROJECT = `${PROJECTS}/{project}` as const
const GRANTS = '/api/v1/organizations/{organization}/users/{user}/grants'
const GRANT = `${GRANTS}/{project}` as const
const [user, project] = [z.string().max(64), z.string().max(64)]
const ofOrganization = { params: z.object({ organization }) }
const ofProject = { params: z.object({ organization, project }) }
const ofUser = { params: z.object({ organization, user }) }
const ofGrant = { params: z.object({ organization, user, project }) }
const one = { 200: { description: 'the project as it is now', ...json(projectSchema) } } as const
const grant = { 200: { description: 'what they are in the project now', ...json(grantSchema) } } as const
const projects = { tags: ['Projects'] }
const grants = { tags: ['Grants'] }

const listProjects = createRoute({
  ...projects,
  summary: 'Projects of an organization, by their ids',
  method: 'get',
  path: PROJECTS,
  request: { ...ofOrganization, query: z.strictObject(paging) },
  responses: {
    200: { description: 'a page', ...json(z.object({ projects: z.array(projectSchema), next })) },
    ...problems(...managed, 'cursor_invalid'),
  },
})

const createProject = createRoute({
  ...projects,
  summary: 'Create a project with its roles',
  method: 'post',
  path: PROJECTS,
  request: { ...ofOrganization, ...body(projectConfigurationSchema) },
  responses: { ...one, ...problems(...changing) },
})

const getProject = createRoute({
  ...projects,
  summary: 'One project',
  method: 'get',
  path: PROJECT,
  request: ofProject,
  responses: { ...one, ...problems(...managed) },
})

const projectChangeSchema = projectConfigurationSchema.omit({ id: true }).partial()
export type ProjectChange = z.infer<typeof projectChangeSchema>

const changeProject = createRoute({
  ...projects,
  summary: 'Change what is sent of a project',
  method: 'patch',
  path: PROJECT,
  request: { ...ofProject, ...body(projectChangeSchema) },
  responses: { ...one, ...problems(...changing) },
})

const deleteProject = createRoute({
  ...projects,
  summary: 'Delete a project; nobody is anything in it any more, and its applications have none',
  method: 'delete',
  path: PROJECT,
  request: ofProject,
  responses: { ...gone, ...problems(...changing) },
})

const listProjectGrants = createRoute({
  ...grants,
  summary: 'Who of the organization has which roles in a project',
  method: 'get',
  path: `${PROJECT}/grants`,
  request: { ...ofProject, query: z.strictObject(paging) },
  responses: {
    200: { description: 'a page', ...json(z.object({ grants: z.array(grantSchema), next })) },
    ...problems(...managed, 'cursor_invalid'),
  },
})

const listUserGrants = createRoute({
  ...grants,
  summary: 'What a user, or a service user, is in projects',
  method: 'get',
  path: GRANTS,
  request: ofUser,
  responses: {
    200: { description: 'all of them', ...json(z.object({ grants: z.array(grantSchema) })) },
    ...problems(...managed),
  },
})

const setUserGrant = createRoute({
  ...grants,
  summary: 'The roles that a user has in a project, in the place of those before',
  method: 'put',
  path: GRANT,
  request: {
    ...ofGrant,
    ...body(z.strictObject({ roles: projectConfigurationSchema.shape.roles.unwrap() })),
  },
  responses: { ...grant, ...problems(...changing) },
})

const removeUserGrant = createRoute({
  ...grants,
  summary: 'Take all roles in a project away',
  method: 'delete',
  path: GRANT,
  request: ofGrant,
  responses: { ...gone, ...problems(...changing) },
})

export const managedProjectRoutes = {
  listProjects,
  createProject,
  getProject,
  changeProject,
  deleteProject,
  listProjectGrants,
  listUserGrants,
  setUserGrant,
  removeUserGrant,
}

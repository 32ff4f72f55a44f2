import { z } from 'zod'
import { projectId } from './configuration-application.ts'
import { domain, line, text } from './configuration-text.ts'

/** A role stands in a scope, so it is what a scope may be (RFC 6749 3.3). */
const role = text(
  '1 to 100 visible ASCII characters without quotes and backslashes',
  /^[\x21\x23-\x5b\x5d-\x7e]+$/,
  100,
)

export const projectConfigurationSchema = z.strictObject({
  id: projectId.describe('the key: unique in the whole instance, and no client id; it stands in scopes and claims'),
  name: line('what managers read'),
  assertsRoles: z.boolean().optional().describe('say roles at userinfo and introspection without being asked'),
  roles: z.array(role).max(200).optional().describe('all roles there are'),
  grantedTo: z
    .array(domain())
    .max(1000)
    .optional()
    .describe('primary domains of organizations whose people may have roles in it, besides its own'),
})
export type ProjectConfiguration = z.infer<typeof projectConfigurationSchema>

/** What somebody is in a project, in the place of what they were. */
export const projectRolesSchema = z
  .array(z.strictObject({ project: projectId, roles: z.array(role).max(200) }))
  .max(100)

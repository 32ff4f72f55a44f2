import { z } from 'zod'
import { applicationConfigurationSchema } from './configuration-application.ts'
import { projectConfigurationSchema } from './configuration-project.ts'
import { serviceUserConfigurationSchema } from './configuration-service-user.ts'
import { domain, line } from './configuration-text.ts'
import { userConfigurationSchema } from './configuration-user.ts'
import { POLICIES } from './policies.ts'

const { branding: lookSchema, ...policies } = POLICIES
const policiesSchema = z
  .strictObject(policies)
  .partial()
  .describe('a policy is owned whole: members that are left out have their default')

const organizationConfigurationSchema = z.strictObject({
  primaryDomain: domain().describe('the key: unique in the whole instance'),
  name: line('what people read on the pages of this organization'),
  default: z
    .literal(true, { error: 'must be true, or be left out' })
    .optional()
    .describe('answers where a request names no organization; one at most has it'),
  state: z.enum(['active', 'deactivated']).optional(),
  domains: z
    .array(domain())
    .max(1000)
    .optional()
    .describe('domains known to be of this organization, besides the primary one'),
  loginDomain: domain()
    .nullable()
    .optional()
    .describe('a host name of its own, in lower case, at which its people sign in; null takes it away'),
  branding: lookSchema.optional(),
  policies: policiesSchema.optional(),
  projects: z.array(projectConfigurationSchema).optional(),
  applications: z.array(applicationConfigurationSchema).optional(),
  users: z.array(userConfigurationSchema).optional(),
  serviceUsers: z.array(serviceUserConfigurationSchema).optional(),
})
export type OrganizationConfiguration = z.infer<typeof organizationConfigurationSchema>

/**
 * What `vestibule apply` reads: what should be there. What it does not name is left alone; nothing is ever deleted. A member nobody
 * knows is a fault.
 */
export const configurationSchema = z.strictObject({
  $schema: z.string().optional(),
  instance: z
    .strictObject({ branding: lookSchema.optional(), policies: policiesSchema.optional() })
    .optional()
    .describe('for organizations that have none of their own'),
  organizations: z.array(organizationConfigurationSchema).default([]),
})
export type Configuration = z.infer<typeof configurationSchema>

/** The published schema (JSON Schema 2020-12) for editors and other programs. */
export const configurationJsonSchema = () => ({
  ...z.toJSONSchema(configurationSchema, { io: 'input' }),
  title: 'The configuration of a Vestibule instance',
  description: 'The file that `vestibule apply FILE` reads.',
})

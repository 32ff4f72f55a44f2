import { z } from 'zod'
import { applicationConfigurationSchema, settingsSchema, sha256 } from './configuration-application.ts'
import { projectRolesSchema } from './configuration-project.ts'
import { line, text } from './configuration-text.ts'
import { ROLES } from './roles.ts'

/** What a service user decides of the settings of an application. */
const settings = settingsSchema
  .pick({
    accessTokenFormat: true,
    accessTokenLifetime: true,
    idTokenAlgorithm: true,
    assertionAudienceCompatibility: true,
    clockSkew: true,
  })
  .strict()

const key = z.strictObject({
  id: text('1 to 128 visible ASCII characters', /^[\x21-\x7e]+$/, 128).describe('`kid` in the header of what it signs'),
  publicKey: z.record(z.string(), z.unknown()).describe('a public JWK: RSA of 2048 bits and more, P-256 or Ed25519'),
  expiresAt: z.iso.datetime().optional().describe('it proves nothing from then on'),
})

export const serviceUserConfigurationSchema = z.strictObject({
  clientId: applicationConfigurationSchema.shape.clientId,
  name: line('what people read in lists and events'),
  subject: text('1 to 255 visible ASCII characters', /^[\x21-\x7e]+$/, 255)
    .describe('`sub` of an import, for its key files to go on working; it never changes')
    .optional(),
  state: z.enum(['active', 'deactivated']).optional(),
  secretSha256: z.array(sha256).min(1).max(2).optional().describe('of secrets of 256 random bits'),
  keys: z.array(key).max(20).optional().describe('public keys to have; none is taken away'),
  projectRoles: projectRolesSchema.optional().describe('what it is in projects; [] takes a grant away'),
  roles: z
    .array(z.enum(ROLES))
    .optional()
    .describe('roles to have, on the instance or in its organization; none is taken away'),
  settings: settings.optional(),
})
export type ServiceUserConfiguration = z.infer<typeof serviceUserConfigurationSchema>

import { z } from 'zod'
import { projectRolesSchema } from './configuration-project.ts'
import { line, text } from './configuration-text.ts'
import { parseImportedHash } from './imported-hash.ts'
import { PROFILE_SHAPE } from './profile.ts'
import { ROLES } from './roles.ts'

/** Every standard claim that is not an identifier. */
export const PROFILE_MEMBERS = Object.keys(PROFILE_SHAPE) as (keyof typeof PROFILE_SHAPE)[]

const HASH =
  'a hash by argon2, bcrypt, scrypt, PBKDF2, phpass, crypt(3), MD5 or SHA, in one of the forms of docs/guides/operating.md'

const password = z.string().min(1).max(1024).meta({
  description: 'the first password, by the rules of the password policy: set where the person has none, never again',
  writeOnly: true,
})

const passwordHash = z
  .string()
  .max(400)
  .superRefine((written, { addIssue }) => {
    const hash = parseImportedHash(written)
    if (hash === null) addIssue({ code: 'custom', message: `must be ${HASH}` })
    else if (!hash.isBearable) addIssue({ code: 'custom', message: 'costs too much to check' })
  })
  .meta({ description: `instead of the first password: ${HASH}`, writeOnly: true })

export const userConfigurationSchema = z
  .strictObject({
    subject: text('1 to 255 visible ASCII characters', /^[\x21-\x7e]+$/, 255)
      .describe('`sub` of an import; it never changes and is unique in the whole instance')
      .optional(),
    username: text('a user name without white space', /^[^\s\p{Cc}\p{Cs}]+$/u, 200).optional(),
    email: text('an e-mail address', /^[^\s@\p{Cc}\p{Cs}]+@[^\s@\p{Cc}\p{Cs}]+$/u, 254).optional(),
    emailVerified: z.boolean().optional(),
    phone: text('a phone number with its country, like +49 30 123456', /^\+[1-9][0-9 ()./-]{4,29}$/, 31).optional(),
    phoneVerified: z.boolean().optional(),
    state: z.enum(['active', 'locked', 'deactivated']).optional(),
    displayName: line('given name and family name when nothing is said').optional(),
    ...z.object(PROFILE_SHAPE).partial().shape,
    password: password.optional(),
    passwordHash: passwordHash.optional(),
    passwordMustChange: z
      .boolean()
      .optional()
      .describe('whether the person replaces that first password at the next sign-in'),
    projectRoles: projectRolesSchema.optional().describe('what the person is in projects; [] takes a grant away'),
    metadata: z
      .record(text('1 to 200 visible ASCII characters', /^[\x21-\x7e]{1,200}$/, 200), z.string().max(5000).nullable())
      .optional()
      .describe('what applications keep about the person, by name; null takes one away'),
    roles: z
      .array(z.enum(ROLES))
      .optional()
      .describe('roles to have, on the instance or in the organization of the person; none is taken away'),
  })
  .meta({
    description:
      'A person is found by the first of subject, username, email and phone that is given here. One who has no such name yet is found by the next.',
    anyOf: [{ required: ['username'] }, { required: ['email'] }, { required: ['phone'] }],
    not: { required: ['password', 'passwordHash'] },
  })
export type UserConfiguration = z.infer<typeof userConfigurationSchema>

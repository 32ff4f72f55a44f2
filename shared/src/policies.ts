import type { z } from 'zod'
import { lookSchema } from './branding.ts'
import { languagesPolicySchema } from './policies/languages.ts'
import { lockoutPolicySchema } from './policies/lockout.ts'
import { passwordPolicySchema } from './policies/password.ts'
import { registrationPolicySchema } from './policies/registration.ts'
import { tokensPolicySchema } from './policies/tokens.ts'
import { linksPolicySchema, loginPolicySchema } from './policy.ts'

/** Policies are data: the instance has one of each kind, an organization owns a policy whole or inherits it. */
export const POLICIES = {
  branding: lookSchema,
  login: loginPolicySchema,
  password: passwordPolicySchema,
  lockout: lockoutPolicySchema,
  registration: registrationPolicySchema,
  links: linksPolicySchema,
  languages: languagesPolicySchema,
  tokens: tokensPolicySchema,
}
export type PolicyKind = keyof typeof POLICIES
export type PolicyOf<Kind extends PolicyKind> = z.infer<(typeof POLICIES)[Kind]>
export const POLICY_KINDS = Object.keys(POLICIES) as [PolicyKind, ...PolicyKind[]]

/** Whose policy it is that counts: the organization's own, the instance's, or what the product comes with. */
export const POLICY_SOURCES = ['organization', 'instance', 'default'] as const
export type PolicySource = (typeof POLICY_SOURCES)[number]
export type Resolved<Kind extends PolicyKind> = { value: PolicyOf<Kind>; source: PolicySource }

export const defaultPolicy = <Kind extends PolicyKind>(kind: Kind): PolicyOf<Kind> =>
  POLICIES[kind].parse({}) as PolicyOf<Kind>

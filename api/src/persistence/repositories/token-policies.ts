import { and, eq } from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import type { Database } from '../database.ts'

/** How long the tokens of an application live, for a join with its row: whoever issues something reads both at once. */
export function tokenPolicies({ tables: { applications, policies } }: Database) {
  const own = alias(policies, 'tokens_policy')
  const instance = alias(policies, 'instance_tokens_policy')
  return {
    own,
    instance,
    fields: { ownTokens: own.value, instanceTokens: instance.value },
    isOwn: and(eq(own.owner, applications.organizationId), eq(own.kind, 'tokens')),
    isInstances: and(eq(instance.owner, 'instance'), eq(instance.kind, 'tokens')),
  }
}

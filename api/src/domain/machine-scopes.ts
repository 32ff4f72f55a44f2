/** Both prefixes are one namespace, so that what was written for the other one works unchanged. */
const MANAGEMENT = /^urn:(?:zitadel:iam|vestibule):org:project:id:(?:zitadel|vestibule):aud$/

/** Asks for a token that our own management API accepts. */
export const isManagementScope = (scope: string): boolean => MANAGEMENT.test(scope)

/** The management API where a token says whom it is for. */
const managementAudience = (issuer: string): string => `${issuer}/api`

/** Whom a token with these scopes is for; null for its client and nobody else. */
export function audienceOfScopes(
  scopes: readonly string[],
  { issuer, clientId }: { issuer: string; clientId: string },
): string[] | null {
  return scopes.some(isManagementScope) ? [clientId, managementAudience(issuer)] : null
}

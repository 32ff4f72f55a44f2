/** Both prefixes are one namespace, so that what was written for the other one works unchanged. */
const MANAGEMENT = /^urn:(?:zitadel:iam|vestibule):org:project:id:(?:zitadel|vestibule):aud$/

/** Asks for a token that names our own management API as its audience. */
export const isManagementScope = (scope: string): boolean => MANAGEMENT.test(scope)

/** The management API where a token says whom it is for. */
export const managementAudience = (issuer: string): string => `${issuer}/api`

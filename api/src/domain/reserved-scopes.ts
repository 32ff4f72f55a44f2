import type { ScopeGroup } from '@vestibule/shared/login-step.ts'

/** Both prefixes are one namespace, so that an application written for the other one moves over unchanged. */
export const PREFIXES = ['urn:zitadel:iam', 'urn:vestibule'] as const
export type Prefix = (typeof PREFIXES)[number]

type Meaning =
  | { kind: 'resource_owner' }
  | { kind: 'metadata' }
  /** Says the domain of the organization that was asked for. */
  | { kind: 'domain'; domain: string }
  | { kind: 'audience'; projectId: string }
  | { kind: 'role'; role: string }
  | { kind: 'all_roles' }
  | { kind: 'roles_of'; organizationId: string }
export type ReservedScope = Meaning & { prefix: Prefix }

const FORMS: readonly [RegExp, (value: string) => Meaning][] = [
  [/^user:resourceowner$/, () => ({ kind: 'resource_owner' })],
  [/^user:metadata$/, () => ({ kind: 'metadata' })],
  [/^org:domain:primary:(.+)$/, (domain) => ({ kind: 'domain', domain })],
  [/^org:project:id:(.+):aud$/, (projectId) => ({ kind: 'audience', projectId })],
  [/^org:project:role:(.+)$/, (role) => ({ kind: 'role', role })],
  [/^org:projects:roles$/, () => ({ kind: 'all_roles' })],
  [/^org:roles:id:(.+)$/, (organizationId) => ({ kind: 'roles_of', organizationId })],
]

/** What a reserved scope asks for; null for any other. */
export function reservedScope(scope: string): ReservedScope | null {
  const prefix = PREFIXES.find((known) => scope.startsWith(`${known}:`))
  if (!prefix) return null
  const rest = scope.slice(prefix.length + 1)
  for (const [form, meaning] of FORMS) {
    const found = form.exec(rest)
    if (found) return { ...meaning(found[1] ?? ''), prefix }
  }
  return null
}

export const reservedScopes = (scopes: readonly string[]): ReservedScope[] =>
  scopes.map(reservedScope).filter((scope) => scope !== null)

const GROUP_OF: Record<Meaning['kind'], ScopeGroup> = {
  resource_owner: 'organization',
  domain: 'organization',
  metadata: 'metadata',
  audience: 'services',
  role: 'roles',
  all_roles: 'roles',
  roles_of: 'roles',
}

/** What people read of scopes before they agree: a reserved one by the name of its group, each once. */
export const readableScopes = (scopes: readonly string[]): string[] => [
  ...new Set(
    scopes.map((scope) => {
      const reserved = reservedScope(scope)
      return reserved ? GROUP_OF[reserved.kind] : scope
    }),
  ),
]

/** The projects that a token asks to be for, our own management API left out. */
export const askedProjects = (scopes: readonly string[]): string[] => [
  ...new Set(
    reservedScopes(scopes).flatMap((scope) =>
      scope.kind === 'audience' && !['zitadel', 'vestibule'].includes(scope.projectId) ? [scope.projectId] : [],
    ),
  ),
]

import type { PolicyKind } from '@vestibule/shared/policies.ts'
import type { Change, PlannedMetadata, ProjectRoles } from './change.ts'
import { describeDifferences } from './difference.ts'

const POLICY: Record<PolicyKind, string> = {
  branding: 'branding',
  links: 'links',
  login: 'login policy',
  password: 'password policy',
  lockout: 'lockout policy',
  registration: 'registration policy',
  languages: 'languages',
  tokens: 'token lifetimes',
}

/** One line of the diff: `+` for what is new, `~` for what becomes different. No secret, password or hash is ever in it. */
export function describeChange(change: Change): string {
  switch (change.kind) {
    case 'create_organization':
      return `+ organization ${change.primaryDomain} ${JSON.stringify(change.name)}${unless(change.state)}${addressOf(change)}`
    case 'change_organization':
      return `~ organization ${change.primaryDomain}: ${describeDifferences(change.differences)}`
    case 'add_domain':
      return `+ domain ${change.domain} of ${change.primaryDomain}`
    case 'set_default':
      return `~ default organization: ${change.before ?? 'none'} -> ${change.primaryDomain}`
    case 'set_policy': {
      const what = `${POLICY[change.policy]} of ${change.primaryDomain ?? 'the instance'}`
      return change.isNew ? `+ ${what}` : `~ ${what}: ${describeDifferences(change.differences)}`
    }
    case 'create_application': {
      const { clientId, type, state } = change.application
      return `+ application ${clientId} (${type}) in ${change.primaryDomain}${unless(state)}${secretOf(change)}`
    }
    case 'change_application':
      return `~ application ${change.application.clientId}: ${describeDifferences(change.differences)}${secretOf(change)}`
    case 'create_user':
      return `+ user ${change.label} in ${change.primaryDomain}${unless(change.state)}${extrasOf(change).map(comma).join('')}`
    case 'set_project': {
      const { id, primaryDomain, isNew, differences } = change
      return isNew ? `+ project ${id} in ${primaryDomain}` : `~ project ${id}: ${describeDifferences(differences)}`
    }
    case 'create_service_user':
      return `+ service user ${change.clientId} in ${change.primaryDomain}${unless(change.state)}${holdingsOf(change).map(comma).join('')}`
    case 'change_service_user': {
      const said = [describeDifferences(change.differences), ...holdingsOf(change)].filter(Boolean)
      return `~ service user ${change.clientId} in ${change.primaryDomain}: ${said.join(', ')}`
    }
    case 'change_user': {
      const said = [describeDifferences(change.differences), ...extrasOf(change)].filter(Boolean)
      return `~ user ${change.label} in ${change.primaryDomain}: ${said.join(', ')}`
    }
  }
}

const unless = (state: string) => (state === 'active' ? '' : ` (${state})`)
const addressOf = ({ loginDomain }: { loginDomain: string | null }) => (loginDomain ? `, at ${loginDomain}` : '')
const comma = (text: string) => `, ${text}`
const secretOf = ({ needsSecret }: { needsSecret: boolean }) => (needsSecret ? ', with a new secret' : '')
type Extras = {
  password: object | null
  roles: readonly string[]
  projectRoles: readonly ProjectRoles[]
  metadata: readonly PlannedMetadata[]
}
const extrasOf = ({ password, roles, projectRoles, metadata }: Extras) => [
  ...(password ? ['with a first password'] : []),
  ...roles.map((role) => `role ${role}`),
  ...projectRoles.map(({ project, roles: inProject }) => `in ${project} ${inProject.join(' ') || 'nothing'}`),
  ...metadata.map(({ key, value }) => (value === null ? `without metadata ${key}` : `metadata ${key}`)),
]
type Holdings = { keys: readonly { id: string }[] } & Omit<Extras, 'password' | 'metadata'>
const holdingsOf = ({ keys, roles, projectRoles }: Holdings) => [
  ...keys.map(({ id }) => `key ${id}`),
  ...roles.map((role) => `role ${role}`),
  ...projectRoles.map(({ project, roles: inProject }) => `in ${project} ${inProject.join(' ') || 'nothing'}`),
]

import type { PolicyKind } from '@vestibule/shared/policies.ts'
import type { IdentifierKind } from '@vestibule/shared/policy.ts'
import type { Role } from '@vestibule/shared/roles.ts'
import type { StoredApplication } from '../../deps.ts'
import type { ApplicationSettings } from '../../domain/application.ts'
import type { ApplicationId, ProjectId, UserId } from '../../domain/ids.ts'
import type { Profile, UserState } from '../../domain/user.ts'
import type { Difference } from './difference.ts'

type State = 'active' | 'deactivated'

/** An application without what only its row knows. */
export type PlannedApplication = Omit<StoredApplication, 'id' | 'organizationId'>
export type PlannedIdentifier = { kind: IdentifierKind; value: string; isVerified: boolean }

/** A password somebody chose for them, to be checked and hashed, or the hash they bring along. `path`: where in the file it stands. */
export type FirstPassword = ({ plain: string; path: string } | { hash: string }) & { mustChange: boolean }

/** What somebody will be in a project; nothing takes the grant away. */
export type ProjectRoles = { project: ProjectId; roles: readonly string[] }

/** A value of the metadata of somebody; null takes it away. */
export type PlannedMetadata = { key: string; value: string | null }

/** One thing that has to be done. Organizations are named by their primary domain, because a new one has no id yet. */
export type Change =
  | { kind: 'create_organization'; primaryDomain: string; name: string; state: State; loginDomain: string | null }
  | {
      kind: 'change_organization'
      primaryDomain: string
      values: { name?: string; state?: State; loginDomain?: string | null }
      differences: readonly Difference[]
    }
  | { kind: 'add_domain'; primaryDomain: string; domain: string }
  | { kind: 'set_default'; primaryDomain: string; before: string | null }
  | {
      kind: 'set_policy'
      /** Null for the instance. */
      primaryDomain: string | null
      policy: PolicyKind
      value: object
      isNew: boolean
      differences: readonly Difference[]
    }
  | { kind: 'create_application'; primaryDomain: string; application: PlannedApplication; needsSecret: boolean }
  | {
      kind: 'change_application'
      primaryDomain: string
      id: ApplicationId
      application: PlannedApplication
      needsSecret: boolean
      differences: readonly Difference[]
    }
  | {
      kind: 'create_user'
      primaryDomain: string
      label: string
      subject: string | null
      displayName: string
      profile: Profile
      state: UserState
      identifiers: readonly PlannedIdentifier[]
      password: FirstPassword | null
      roles: readonly Role[]
      projectRoles: readonly ProjectRoles[]
      metadata: readonly PlannedMetadata[]
    }
  | {
      kind: 'change_user'
      primaryDomain: string
      label: string
      id: UserId
      values: { displayName?: string; profile?: Profile; state?: UserState }
      /** New ones, and ones that take the place of another of their kind. */
      identifiers: readonly PlannedIdentifier[]
      password: FirstPassword | null
      roles: readonly Role[]
      projectRoles: readonly ProjectRoles[]
      metadata: readonly PlannedMetadata[]
      differences: readonly Difference[]
    }
  | {
      kind: 'set_project'
      primaryDomain: string
      id: ProjectId
      name: string
      assertsRoles: boolean
      roles: readonly string[]
      /** Primary domains. */
      grantedTo: readonly string[]
      isNew: boolean
      differences: readonly Difference[]
    }
  | ({ kind: 'create_service_user'; subject: string | null } & ServiceUserChange)
  | ({ kind: 'change_service_user'; id: UserId; differences: readonly Difference[] } & ServiceUserChange)

type ServiceUserChange = {
  primaryDomain: string
  clientId: string
  name: string
  state: State
  secretHashes: readonly string[]
  settings: Partial<ApplicationSettings>
  keys: readonly { id: string; publicJwk: object; expiresAt: number | null }[]
  roles: readonly Role[]
  projectRoles: readonly ProjectRoles[]
}

export type ChangeOf<Kind extends Change['kind']> = Extract<Change, { kind: Kind }>

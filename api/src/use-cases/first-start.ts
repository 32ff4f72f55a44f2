import type { Deps, Executor } from '../deps.ts'
import { newId, type OrganizationId, type UserId } from '../domain/ids.ts'
import { createSetupLink } from './password/set-up-password.ts'
import { recordEvent } from './record-event.ts'

/** How the first manager signs in, where no configuration named one. */
const FIRST_LOGIN_NAME = 'admin'

/**
 * A fresh instance gets its default organization and its first manager, who has no password: the link that sets one is returned, to be
 * shown to the operator once. Until it was used every start makes a new one, and the old one is dead. Several processes may start at
 * once: the second finds what the first made.
 */
export function prepareInstance(deps: Deps): Promise<{ link: string; loginName: string } | null> {
  const { leases, organizations, managerRoles, users } = deps.repositories
  return deps.db.transaction(async (tx) => {
    await leases.enter(tx, 'configuration')
    const organizationId = (await organizations.findDefault(tx))?.id ?? (await createDefault(deps, tx))
    const manager = await managerRoles.findFirst(tx, 'instance', 'instance_owner')
    const userId = manager ?? (await createFirstManager(deps, tx, organizationId))
    if (await users.findPassword(userId, tx)) return null
    const [known] = await users.listIdentifiers(userId, tx)
    return { link: await createSetupLink(deps, tx, userId), loginName: known?.value ?? FIRST_LOGIN_NAME }
  })
}

async function createDefault(deps: Deps, tx: Executor): Promise<OrganizationId> {
  const { clock, randomBytes, repositories } = deps
  const id = newId('org', { now: clock.now, randomBytes })
  await repositories.organizations.create(tx, {
    id,
    name: 'Vestibule',
    primaryDomain: new URL(deps.settings.issuer).hostname,
    isDefault: true,
    createdAt: clock.now(),
  })
  await recordEvent(deps, tx, { type: 'organization.created', organizationId: id, target: id })
  return id
}

async function createFirstManager(deps: Deps, tx: Executor, organizationId: OrganizationId): Promise<UserId> {
  const { clock, randomBytes, repositories } = deps
  const id = newId('usr', { now: clock.now, randomBytes })
  await repositories.users.create(tx, {
    id,
    organizationId,
    kind: 'human',
    subject: id,
    displayName: 'Administrator',
    profile: {},
    now: clock.now(),
    identifiers: [],
  })
  // a configuration may have given the name to somebody who manages nothing
  for (let nth = 1, isNamed = false; !isNamed; nth++) {
    const value = nth === 1 ? FIRST_LOGIN_NAME : `${FIRST_LOGIN_NAME}-${nth}`
    isNamed = await repositories.users.addIdentifier(tx, id, organizationId, {
      kind: 'username',
      value,
      verifiedAt: null,
    })
  }
  await repositories.managerRoles.grant(tx, { userId: id, scope: 'instance', role: 'instance_owner' })
  await recordEvent(deps, tx, { type: 'user.created', organizationId, target: id })
  return id
}

import type { ManagedUser, NewUser } from '@vestibule/shared/contract/managed-users.ts'
import type { IdentifierKind } from '@vestibule/shared/policy.ts'
import type { FieldProblem } from '@vestibule/shared/problem.ts'
import type { Deps, Executor } from '../../../deps.ts'
import { defaultDisplayName } from '../../../domain/display-name.ts'
import { domainOf } from '../../../domain/identifier.ts'
import { isId, newId, type OrganizationId } from '../../../domain/ids.ts'
import { Problem } from '../../../domain/problem.ts'
import { type Name, namesOf } from '../../configuration/names.ts'
import { profileOf } from '../../configuration/user-values.ts'
import { checkNewPassword } from '../../password/check-new-password.ts'
import { setPassword } from '../../password/set-password.ts'
import { createSetupLink } from '../../password/set-up-password.ts'
import { recordEvent } from '../../record-event.ts'
import { changeAsManager } from '../change.ts'
import type { ManagerHandle } from '../manager.ts'
import { isFree } from '../names.ts'
import { viewNow } from './member.ts'

type Created = ManagedUser & { setupLink: string | null }

/**
 * A person with the names that let them in, and a password where one is said: plain, by the rules that count there, or as the hash that
 * another system kept. @throws Problem as changeAsManager, invalid_input; Unavailable
 */
export async function createUser(
  deps: Deps,
  handle: ManagerHandle,
  organization: string,
  wanted: NewUser,
): Promise<Created> {
  const names = namesOf(wanted)
  mustMakeSense(wanted, names)
  const hash = await hashOf(deps, organization, wanted, names)
  return changeAsManager(deps, handle, organization, async (tx, { manager, owner }) => {
    if (owner === 'instance') throw new Problem('not_found')
    const { clock, randomBytes, repositories } = deps
    const id = newId('usr', { now: clock.now, randomBytes })
    const subject = wanted.subject ?? id
    await mustBeFree(deps, tx, { organizationId: owner, subject, names })
    const profile = profileOf(wanted)
    const now = clock.now()
    const displayName = wanted.displayName ?? defaultDisplayName(profile, names[0]?.value ?? '')
    const identifiers = names.map(({ kind, value, isVerified }) => ({
      kind,
      value,
      verifiedAt: isVerified ? now : null,
    }))
    const row = { id, organizationId: owner, kind: 'human', subject, displayName, profile, now, identifiers } as const
    if (!(await repositories.users.create(tx, row))) throw new Problem('changed_meanwhile')
    if (wanted.state && wanted.state !== 'active') await repositories.users.change(tx, id, { state: wanted.state }, now)
    await recordEvent(deps, tx, { type: 'user.created', organizationId: owner, actor: manager.id, target: id })
    const mustChange = wanted.passwordMustChange ?? false
    if (hash !== null)
      await setPassword(deps, tx, { id, organizationId: owner }, hash, { mustChange, actor: manager.id })
    const setupLink = wanted.setupLink ? await createSetupLink(deps, tx, id) : null
    return { ...(await viewNow(deps, tx, id)), setupLink }
  })
}

const wrong = (field: string, problem: FieldProblem) => new Problem('invalid_input', { fields: { [field]: [problem] } })

function mustMakeSense(wanted: NewUser, names: readonly Name[]): void {
  if (names.length === 0) throw wrong('username', 'required')
  // normalising can turn a look-alike into a second @
  if (names.some(({ kind, value }) => kind === 'email' && domainOf(value) === null)) throw wrong('email', 'invalid')
  const passwords = [wanted.password, wanted.passwordHash].filter((one) => one !== undefined)
  if (passwords.length > 1) throw wrong('passwordHash', 'not_allowed')
  if (wanted.setupLink && passwords.length > 0) throw wrong('setupLink', 'not_allowed')
  if (wanted.passwordMustChange !== undefined && passwords.length === 0)
    throw wrong('passwordMustChange', 'not_allowed')
  for (const kind of ['email', 'phone'] as const)
    if (wanted[`${kind}Verified`] !== undefined && wanted[kind] === undefined)
      throw wrong(`${kind}Verified`, 'not_allowed')
}

async function hashOf(deps: Deps, organization: string, wanted: NewUser, names: readonly Name[]) {
  const { password, passwordHash, displayName, givenName, middleName, familyName, nickname } = wanted
  if (password === undefined) return passwordHash ?? null
  const words = [displayName, givenName, middleName, familyName, nickname].filter((word) => word !== undefined)
  const broken = await checkNewPassword(
    deps,
    {
      userId: null,
      organizationId: isId('org', organization) ? organization : null,
      names: [...words, ...names.map(({ value }) => value)],
    },
    password,
  )
  if (broken.length > 0) throw new Problem('invalid_input', { fields: { password: broken } })
  return deps.passwords.hash(password)
}

type Free = {
  organizationId: OrganizationId
  subject: string
  names: readonly { kind: IdentifierKind; value: string }[]
}

/** Names are one person's in an organization; a subject is one person's for ever. @throws Problem invalid_input, taken */
async function mustBeFree(deps: Deps, tx: Executor, { organizationId, subject, names }: Free) {
  for (const name of names)
    if (await deps.repositories.users.findOwner(name, organizationId, tx)) throw wrong(name.kind, 'taken')
  if (!(await isFree(deps, tx, subject))) throw wrong('subject', 'taken')
}

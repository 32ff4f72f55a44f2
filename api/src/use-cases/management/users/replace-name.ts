import type { IdentifierKind } from '@vestibule/shared/policy.ts'
import type { Deps, Executor, ListedUser } from '../../../deps.ts'
import { maskContact } from '../../../domain/contact.ts'
import type { EventType } from '../../../domain/events.ts'
import type { UserId } from '../../../domain/ids.ts'
import { Problem } from '../../../domain/problem.ts'
import { notifyUser } from '../../messages/notify-user.ts'
import { createNotMeLink } from '../../not-me/not-me-link.ts'
import { recordEvent } from '../../record-event.ts'

type Replacement = {
  member: ListedUser
  kind: IdentifierKind
  /** Normalised. Null takes it away. */
  value: string | null
  /** Undefined: as it was where the name stays, and not where it is another. */
  isVerified: boolean | undefined
  by: UserId | null
}

const TYPES: Record<IdentifierKind, EventType> = {
  username: 'user.username_changed',
  email: 'user.email_changed',
  phone: 'user.phone_changed',
}

/**
 * Another name by a manager's word. What was sent to the one before opens nothing any more, pickers show the new one, and whoever had the
 * account until then is told at the old address. @throws Problem invalid_input, taken
 */
export async function replaceName(
  deps: Deps,
  tx: Executor,
  { member, kind, value, isVerified, by }: Replacement,
): Promise<void> {
  const { users, sessions, oneTimeCodes, oneTimeLinks, trustedDevices } = deps.repositories
  const { id, organizationId } = member
  const before = member.identifiers.find((name) => name.kind === kind)
  const isSame = before?.value === value
  const counts = isVerified ?? (isSame && before.verifiedAt !== null)
  if (value === null ? !before : isSame && counts === (before.verifiedAt !== null)) return
  await oneTimeLinks.deleteOfUser(tx, id)
  await oneTimeCodes.deleteOfUser(tx, id)
  // what is known of a browser says nothing once somebody else may read the mails
  if (before && !isSame) await trustedDevices.removeOfUser(tx, id)
  if (before && !isSame) await tell(deps, tx, { member, kind, value })
  await users.removeIdentifier(tx, id, kind)
  const verifiedAt = counts ? deps.clock.now() : null
  if (value !== null && !(await users.addIdentifier(tx, id, organizationId, { kind, value, verifiedAt })))
    throw new Problem('invalid_input', { fields: { [kind]: ['taken'] } })
  if (before && value !== null && !isSame) await sessions.rename(tx, id, before.value, value)
  await recordEvent(deps, tx, { type: TYPES[kind], organizationId, actor: by, target: id })
}

/** While the old address still is theirs: that is where the mail goes. */
async function tell(deps: Deps, tx: Executor, { member, kind, value }: Omit<Replacement, 'by' | 'isVerified'>) {
  if (kind === 'username') return
  const masked = value === null ? null : maskContact(kind, value)
  const happened = { at: deps.clock.now(), notMeLink: await createNotMeLink(deps, tx, member.id) }
  if (kind === 'email')
    return notifyUser(deps, tx, member.id, {
      channel: 'email',
      kind: 'email_changed',
      values: { newAddressMasked: masked, ...happened },
    })
  return notifyUser(deps, tx, member.id, {
    channel: 'email',
    kind: 'phone_changed',
    values: { newPhoneMasked: masked, ...happened },
  })
}

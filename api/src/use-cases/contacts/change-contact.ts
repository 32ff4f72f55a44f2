import type { OwnContacts } from '@vestibule/shared/contract/contacts.ts'
import type { Deps, Executor } from '../../deps.ts'
import { type ContactKind, readContact } from '../../domain/contact.ts'
import { Problem } from '../../domain/problem.ts'
import { createCode } from '../codes/one-time-codes.ts'
import { takeAttempt } from '../limits.ts'
import { type AccountActor, type AccountHandle, currentAccount } from '../me/current-account.ts'
import { contactsOf, placeOf } from './contacts.ts'
import { CONTACT_LIMITS } from './limits.ts'
import { type Asking, sendContactCode } from './send-contact-code.ts'

type Change = { value: string } & Asking

/**
 * Sends a code to the address or number that is to take the place of the present one, which stays until then. One that somebody else of
 * the organization has is answered alike.
 * @throws Problem unauthenticated, account_changed, reauth_required, invalid_input, too_many_attempts
 */
export function changeContact(
  deps: Deps,
  handle: AccountHandle,
  kind: ContactKind,
  { value: typed, ...asking }: Change,
): Promise<OwnContacts> {
  return deps.db.transaction(async (tx) => {
    const actor = await currentAccount(deps, handle, tx)
    const value = readContact(kind, typed)
    if (value === null) throw new Problem('invalid_input', { fields: { value: ['invalid'] } })
    await mustBeAllowed(deps, tx, actor, kind, value)
    await takeAttempt(deps, tx, CONTACT_LIMITS.changes, actor.login.userId)
    await sendNewCode(deps, tx, actor, kind, value, asking)
    return contactsOf(deps, actor, tx)
  })
}

/** Where an organization admits addresses of some domains only, a change leads to no other either. */
async function mustBeAllowed(deps: Deps, tx: Executor, { login }: AccountActor, kind: ContactKind, value: string) {
  if (kind === 'phone') return
  const { value: policy } = await deps.repositories.policies.resolve('registration', login.organizationId, tx)
  const domain = value.slice(value.lastIndexOf('@') + 1)
  const { emailDomains } = policy
  const isAllowed = emailDomains.length === 0 || emailDomains.some((allowed) => allowed.toLowerCase() === domain)
  if (!isAllowed) throw new Problem('invalid_input', { fields: { value: ['not_allowed'] } })
}

/**
 * A new code for what is pending; the one before ends.
 * @throws Problem unauthenticated, account_changed, code_expired, too_many_attempts
 */
export function resendContactCode(
  deps: Deps,
  handle: AccountHandle,
  kind: ContactKind,
  asking: Asking,
): Promise<OwnContacts> {
  return deps.db.transaction(async (tx) => {
    const actor = await currentAccount(deps, handle, tx)
    const pending = await deps.repositories.oneTimeCodes.findOutstanding(placeOf(actor, kind), tx)
    if (!pending) throw new Problem('code_expired')
    await takeAttempt(deps, tx, CONTACT_LIMITS.changes, actor.login.userId)
    await sendNewCode(deps, tx, actor, kind, pending.address, asking)
    return contactsOf(deps, actor, tx)
  })
}

async function sendNewCode(
  deps: Deps,
  tx: Executor,
  actor: AccountActor,
  kind: ContactKind,
  value: string,
  asking: Asking,
): Promise<void> {
  const { userId } = actor.login
  const { flow, purpose } = placeOf(actor, kind)
  const fresh = await createCode(deps, tx, { flow, purpose, userId, address: value })
  await sendContactCode(deps, tx, actor, { kind, value, ...fresh }, asking)
}

/** Nothing is to be confirmed any more. @throws Problem unauthenticated, account_changed */
export function cancelContactChange(deps: Deps, handle: AccountHandle, kind: ContactKind): Promise<OwnContacts> {
  return deps.db.transaction(async (tx) => {
    const actor = await currentAccount(deps, handle, tx)
    await deps.repositories.oneTimeCodes.deleteOf(tx, placeOf(actor, kind))
    return contactsOf(deps, actor, tx)
  })
}

import type { OwnContacts } from '@vestibule/shared/contract/contacts.ts'
import type { Deps, Executor } from '../../deps.ts'
import type { ContactKind } from '../../domain/contact.ts'
import type { BrowserWishes } from '../../domain/language.ts'
import { type CodeStanding, codeProblem, standingOf, tryCode } from '../codes/one-time-codes.ts'
import { takeAttempt } from '../limits.ts'
import { type AccountActor, type AccountHandle, currentAccount } from '../me/current-account.ts'
import { contactsOf, placeOf } from './contacts.ts'
import { CONTACT_LIMITS } from './limits.ts'
import { ContactTaken, replaceContact } from './replace-contact.ts'

type Entry = { code: string; wishes: BrowserWishes }

/**
 * The code that was sent to the new address or number. The right one puts it in the place of the old one, in one transaction.
 * @throws Problem unauthenticated, account_changed, code_wrong, code_expired, too_many_attempts
 */
export async function confirmContact(
  deps: Deps,
  handle: AccountHandle,
  kind: ContactKind,
  entry: Entry,
): Promise<OwnContacts> {
  const attempt = () => deps.db.transaction((tx) => enter(deps, tx, handle, kind, entry))
  const outcome = await attempt().catch((error: unknown) => {
    // the second time it is seen that it is taken
    if (error instanceof ContactTaken) return attempt()
    throw error
  })
  if ('triesLeft' in outcome) throw codeProblem(outcome)
  return outcome
}

async function enter(
  deps: Deps,
  tx: Executor,
  handle: AccountHandle,
  kind: ContactKind,
  { code, wishes }: Entry,
): Promise<OwnContacts | CodeStanding> {
  const actor = await currentAccount(deps, handle, tx)
  await takeAttempt(deps, tx, CONTACT_LIMITS.codes, actor.login.userId)
  const place = placeOf(actor, kind)
  const pending = await deps.repositories.oneTimeCodes.findOutstanding(place, tx)
  // an address that somebody else has was sent no code, so none fits: not even one that is guessed
  const isFree = pending !== null && (await isFreeFor(deps, tx, actor, kind, pending.address))
  const found = await tryCode(deps, tx, place, isFree ? code : '')
  if (!found || found.userId !== actor.login.userId) return standingOf(deps, place, tx)
  await replaceContact(deps, tx, actor, { kind, value: found.address, wishes })
  return contactsOf(deps, actor, tx)
}

async function isFreeFor(deps: Deps, tx: Executor, { login }: AccountActor, kind: ContactKind, value: string) {
  const owner = await deps.repositories.users.findOwner({ kind, value }, login.organizationId, tx)
  return owner === null || owner.id === login.userId
}

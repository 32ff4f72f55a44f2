import type { OwnContacts } from '@vestibule/shared/contract/contacts.ts'
import type { Deps } from '../../deps.ts'
import { type ContactKind, mayRemove } from '../../domain/contact.ts'
import type { BrowserWishes } from '../../domain/language.ts'
import { Problem } from '../../domain/problem.ts'
import { type AccountHandle, currentAccount } from '../me/current-account.ts'
import { contactsOf } from './contacts.ts'
import { replaceContact } from './replace-contact.ts'

/**
 * Takes an address or a number away, where another way in and another way back remain.
 * @throws Problem unauthenticated, account_changed, reauth_required, last_way
 */
export function removeContact(
  deps: Deps,
  handle: AccountHandle,
  kind: ContactKind,
  wishes: BrowserWishes,
): Promise<OwnContacts> {
  return deps.db.transaction(async (tx) => {
    const actor = await currentAccount(deps, handle, tx)
    const held = await deps.repositories.users.listIdentifiers(actor.login.userId, tx)
    if (!held.some((name) => name.kind === kind)) return contactsOf(deps, actor, tx)
    if (!mayRemove(kind, held, actor.account.policy)) throw new Problem('last_way')
    await replaceContact(deps, tx, actor, { kind, value: null, wishes })
    return contactsOf(deps, actor, tx)
  })
}

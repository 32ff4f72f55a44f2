import type { OwnContact, OwnContacts } from '@vestibule/shared/contract/contacts.ts'
import type { LoginPolicy } from '@vestibule/shared/policy.ts'
import type { CodePlace, Deps, Executor } from '../../deps.ts'
import { CONTACT_PURPOSE, type ContactKind, mayRemove } from '../../domain/contact.ts'
import { standingOf } from '../codes/one-time-codes.ts'
import type { AccountActor } from '../me/current-account.ts'

/** The code for a new address or number belongs to the session that asked for it. */
export const placeOf = ({ login }: Pick<AccountActor, 'login'>, kind: ContactKind): CodePlace => ({
  flow: login.sessionId,
  purpose: CONTACT_PURPOSE[kind],
})

type Identifiers = Awaited<ReturnType<Deps['repositories']['users']['listIdentifiers']>>

/** Where somebody can be reached, what is waiting to be confirmed, and what may be done about it. */
export async function contactsOf(deps: Deps, actor: AccountActor, tx?: Executor): Promise<OwnContacts> {
  const { policy } = actor.account
  const held = await deps.repositories.users.listIdentifiers(actor.login.userId, tx)
  const username = held.find(({ kind }) => kind === 'username')?.value ?? null
  return {
    email: await contactOf(deps, actor, 'email', held, policy, tx),
    phone: await contactOf(deps, actor, 'phone', held, policy, tx),
    username: { value: username, isChangeable: policy.allowUsernameChange },
  }
}

async function contactOf(
  deps: Deps,
  actor: AccountActor,
  kind: ContactKind,
  held: Identifiers,
  policy: LoginPolicy,
  tx?: Executor,
): Promise<OwnContact> {
  const place = placeOf(actor, kind)
  const known = held.find((name) => name.kind === kind)
  const code = await deps.repositories.oneTimeCodes.findOutstanding(place, tx)
  const { endsIn, resendIn } = await standingOf(deps, place, tx)
  const inSeconds = (time: number) => Math.ceil(time / 1000)
  return {
    value: known?.value ?? null,
    isVerified: known !== undefined && known.verifiedAt !== null,
    isRemovable: mayRemove(kind, held, policy),
    pending: code && { value: code.address, endsIn: inSeconds(endsIn), resendIn: inSeconds(resendIn) },
  }
}

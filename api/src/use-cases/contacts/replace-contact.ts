import type { Deps, Executor } from '../../deps.ts'
import { type ContactKind, maskContact } from '../../domain/contact.ts'
import { type BrowserWishes, negotiateLanguage } from '../../domain/language.ts'
import { Problem } from '../../domain/problem.ts'
import { faceOf } from '../face.ts'
import type { AccountActor } from '../me/current-account.ts'
import { sendMessage } from '../messages/send-message.ts'
import { createNotMeLink } from '../not-me/not-me-link.ts'
import { recordEvent } from '../record-event.ts'

/** Somebody else of the organization has it, perhaps since a moment ago. */
export class ContactTaken extends Error {}

type Replacement = {
  kind: ContactKind
  /** Null takes it away. */
  value: string | null
  /** Of the page this is done on, for somebody who has chosen no language yet. */
  wishes: BrowserWishes
}

/**
 * Puts a confirmed address or number in the place of the one before, or takes that away. Codes and links that are on their way die, the
 * picker shows the new name, and whoever had the account until then is told: at the old address, of a number at the address.
 * @throws ContactTaken when somebody else of the organization has it
 */
export async function replaceContact(
  deps: Deps,
  tx: Executor,
  actor: AccountActor,
  { kind, value, wishes }: Replacement,
): Promise<void> {
  const { repositories, clock } = deps
  const { users, sessions, oneTimeCodes, oneTimeLinks, trustedDevices } = repositories
  const { userId, organizationId } = actor.login
  const now = clock.now()
  const person = await users.findPerson(userId, tx)
  if (!person) throw new Problem('unauthenticated')
  const held = await users.listIdentifiers(userId, tx)
  const before = held.find((name) => name.kind === kind) ?? null
  await users.removeIdentifier(tx, userId, kind)
  if (value !== null && !(await users.addIdentifier(tx, userId, organizationId, { kind, value, verifiedAt: now })))
    throw new ContactTaken()
  // applications learn of it by updated_at
  if ((await users.changePerson(tx, person, {}, now)) === null) throw new Problem('changed_meanwhile')
  if (before && value !== null) await sessions.rename(tx, userId, before.value, value)
  await oneTimeCodes.deleteOfUser(tx, userId)
  await oneTimeLinks.deleteOfUser(tx, userId)
  // a code to the address before may have been what a browser is trusted by
  if (before) await trustedDevices.removeOfUser(tx, userId)
  await recordEvent(deps, tx, {
    type: kind === 'email' ? 'user.email_changed' : 'user.phone_changed',
    organizationId,
    actor: userId,
    target: userId,
  })
  if (before?.value === value) return
  const told = kind === 'email' ? before : held.find((name) => name.kind === 'email')
  if (!told || told.verifiedAt === null) return
  const { languages } = await faceOf(deps, organizationId, tx)
  const language = negotiateLanguage({ ...wishes, own: person.profile.locale ?? null }, languages)
  const happened = { at: now, notMeLink: await createNotMeLink(deps, tx, userId) }
  const masked = value === null ? null : maskContact(kind, value)
  const shared = { channel: 'email', to: told.value, language, organizationId, userId } as const
  const timeZone = person.profile.zoneinfo ?? null
  if (kind === 'email') {
    const values = { newAddressMasked: masked, ...happened }
    return sendMessage(deps, tx, { ...shared, timeZone, kind: 'email_changed', values })
  }
  return sendMessage(deps, tx, {
    ...shared,
    timeZone,
    kind: 'phone_changed',
    values: { newPhoneMasked: masked, ...happened },
  })
}

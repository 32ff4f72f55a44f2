import type { Deps, Executor } from '../../deps.ts'
import type { UserId } from '../../domain/ids.ts'
import { negotiateLanguage } from '../../domain/language.ts'
import type { Email } from '../../domain/messages.ts'
import { faceOf } from '../face.ts'
import { type Addressed, sendMessage } from './send-message.ts'

type Mailbox = Pick<Addressed, 'to' | 'language' | 'organizationId' | 'timeZone'>

/**
 * The address that a person confirmed, with how they want to be written to: in their language, or that of their organization. Null for who
 * has none, and an account that is not active.
 */
export async function findMailbox(deps: Deps, tx: Executor, userId: UserId): Promise<Mailbox | null> {
  const { users } = deps.repositories
  const person = await users.findPerson(userId, tx)
  if (person?.state !== 'active') return null
  const email = (await users.listIdentifiers(userId, tx)).find(({ kind }) => kind === 'email')
  if (!email || email.verifiedAt === null) return null
  const { locale = null, zoneinfo } = person.profile
  const { languages } = await faceOf(deps, person.organizationId, tx)
  return {
    to: email.value,
    language: negotiateLanguage({ chosen: null, accepted: [], own: locale }, languages),
    organizationId: person.organizationId,
    timeZone: zoneinfo ?? null,
  }
}

/** A mail to a person about their own account. */
export async function notifyUser(deps: Deps, tx: Executor, userId: UserId, message: Email): Promise<void> {
  const mailbox = await findMailbox(deps, tx, userId)
  if (mailbox) await sendMessage(deps, tx, { ...mailbox, ...message, userId })
}

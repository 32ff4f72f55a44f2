import { matchLanguage } from '@vestibule/shared/languages.ts'
import type { Deps, Executor } from '../../deps.ts'
import type { UserId } from '../../domain/ids.ts'
import type { Email } from '../../domain/messages.ts'
import { sendMessage } from './send-message.ts'

/**
 * A mail to a person about their own account, in their language, to the address they confirmed. Who has none, and an account that is not
 * active, gets nothing.
 */
export async function notifyUser(deps: Deps, tx: Executor, userId: UserId, message: Email): Promise<void> {
  const { users } = deps.repositories
  const person = await users.findPerson(userId, tx)
  if (person?.state !== 'active') return
  const email = (await users.listIdentifiers(userId, tx)).find(({ kind }) => kind === 'email')
  if (!email || email.verifiedAt === null) return
  const { locale, zoneinfo } = person.profile
  await sendMessage(deps, tx, {
    ...message,
    to: email.value,
    language: matchLanguage(locale ? [locale] : []) ?? 'en',
    organizationId: person.organizationId,
    userId,
    timeZone: zoneinfo ?? null,
  })
}

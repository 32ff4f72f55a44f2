import { tokenHash } from '../../crypto/token.ts'
import type { Deps, Executor } from '../../deps.ts'
import type { UserId } from '../../domain/ids.ts'
import { listGuessKeys } from '../guesses/count-guess.ts'
import { forgetFailures } from '../guesses/note-outcome.ts'
import { findMailbox } from '../messages/notify-user.ts'
import { sendMessage } from '../messages/send-message.ts'
import { recordEvent } from '../record-event.ts'

/** Accounts that one run deletes, each in a transaction of its own. */
const BATCH = 100

/** Deletes for good whose days of grace are over. Returns how many went. */
export async function deleteAccounts(deps: Deps): Promise<number> {
  const due = await deps.repositories.departures.listDue(deps.clock.now(), BATCH)
  let gone = 0
  for (const id of due) if (await deps.db.transaction((tx) => deleteAccount(deps, tx, id))) gone++
  return gone
}

/**
 * The person with everything that hangs on them. Events stay, because they are chained and hold no personal data but the id, and so does
 * the hash of the subject, so that no application ever takes somebody else for this person. False when they changed their mind meanwhile.
 */
export async function deleteAccount(
  deps: Deps,
  tx: Executor,
  id: UserId,
  actor: UserId | null = null,
): Promise<boolean> {
  const { repositories, clock } = deps
  const { users, departures, sessions, devices, oneTimeLinks, oneTimeCodes, enrollments, outboxMessages } = repositories
  const person = await users.findPerson(id, tx)
  const mailbox = await findMailbox(deps, tx, id)
  const browsers = await sessions.listDevices(id, tx)
  const guessKeys = await listGuessKeys(deps, tx, id)
  if (!person || !(await departures.complete(tx, id, clock.now()))) return false

  for (const key of guessKeys) await forgetFailures(deps, tx, { key })
  await oneTimeLinks.deleteAllOfUser(tx, id)
  await oneTimeCodes.deleteOfUser(tx, id)
  await enrollments.deleteOfUser(tx, id)
  // browsers that others use too stay
  await devices.deleteWithoutSessions(tx, browsers)
  await outboxMessages.deleteOfUser(tx, id)
  await departures.retireSubject(tx, tokenHash(person.subject), clock.now())
  if (mailbox) await sendMessage(deps, tx, { ...mailbox, channel: 'email', kind: 'account_deleted', values: {} })
  await recordEvent(deps, tx, { type: 'user.deleted', organizationId: person.organizationId, actor, target: id })
  return true
}

import { type Language, matchLanguage } from '@vestibule/shared/languages.ts'
import type { Deps } from '../../deps.ts'
import type { OrganizationId, UserId } from '../../domain/ids.ts'
import { faceOf } from '../face.ts'
import { recordEvent } from '../record-event.ts'

type Owner = { userId: UserId; organizationId: OrganizationId }

/**
 * A language that somebody chose is their own from then on: for mails, and in other browsers. `de-AT` says German already and stays as it
 * is. A language that their organization does not allow is not kept. Nothing is kept either when the profile changes at the same moment.
 */
export async function keepLanguage(deps: Deps, { userId, organizationId }: Owner, language: Language): Promise<void> {
  const { languages } = await faceOf(deps, organizationId)
  if (!languages.allowed.includes(language)) return
  await deps.db.transaction(async (tx) => {
    const person = await deps.repositories.users.findPerson(userId, tx)
    if (!person || matchLanguage([person.profile.locale ?? '']) === language) return
    const profile = { ...person.profile, locale: language }
    if ((await deps.repositories.users.changePerson(tx, person, { profile }, deps.clock.now())) === null) return
    await recordEvent(deps, tx, {
      type: 'user.changed',
      organizationId,
      actor: userId,
      target: userId,
      data: { changed: ['locale'] },
    })
  })
}

import { contentHash } from '../../crypto/token.ts'
import type { Deps, Executor } from '../../deps.ts'
import { Problem } from '../../domain/problem.ts'
import { type Limit, takeAttempt } from '../limits.ts'
import { AVATARS_PATH } from '../own-picture.ts'
import { recordEvent } from '../record-event.ts'
import { type AccountHandle, currentAccount } from './current-account.ts'

/** Pictures of one person: each takes processor time. */
const UPLOADS: Limit = { purpose: 'avatar/uploads', most: 30, window: 3600 }

/**
 * A picture of the person, drawn anew from what was sent, which is not kept. Out: its path, which names its content.
 * @throws Problem unauthenticated, account_changed, picture_refused, changed_meanwhile, too_many_attempts; Unavailable
 */
export async function setAvatar(deps: Deps, handle: AccountHandle, read: () => Promise<Uint8Array>): Promise<string> {
  const { db, pictures, repositories, clock, settings } = deps
  // who it is comes before a byte of the picture is read
  await db.transaction(async (tx) => {
    const { login } = await currentAccount(deps, handle, tx)
    await takeAttempt(deps, tx, UPLOADS, login.userId)
  })
  const content = await pictures.toSquare(await read())
  if (!content) throw new Problem('picture_refused')
  const name = contentHash(content)
  const path = `${AVATARS_PATH}${name}.webp`
  await db.transaction(async (tx) => {
    const { login } = await currentAccount(deps, handle, tx)
    await repositories.avatars.set(tx, { userId: login.userId, hash: name, content, createdAt: clock.now() })
    await changePicture(deps, tx, login, settings.publicOrigin + path)
  })
  return path
}

/** None any more. @throws Problem unauthenticated, account_changed, changed_meanwhile */
export function removeAvatar(deps: Deps, handle: AccountHandle): Promise<void> {
  return deps.db.transaction(async (tx) => {
    const { login } = await currentAccount(deps, handle, tx)
    await deps.repositories.avatars.remove(tx, login.userId)
    await changePicture(deps, tx, login, null)
  })
}

type Owner = Pick<Awaited<ReturnType<typeof currentAccount>>['login'], 'userId' | 'organizationId'>

async function changePicture(deps: Deps, tx: Executor, owner: Owner, picture: string | null): Promise<void> {
  const { userId, organizationId } = owner
  const person = await deps.repositories.users.findPerson(userId, tx)
  if (!person) throw new Problem('unauthenticated')
  const { picture: before = null, ...rest } = person.profile
  if (before === picture) return
  const profile = picture === null ? rest : { ...rest, picture }
  if ((await deps.repositories.users.changePerson(tx, person, { profile }, deps.clock.now())) === null)
    throw new Problem('changed_meanwhile')
  const data = { changed: ['picture'] }
  await recordEvent(deps, tx, { type: 'user.profile_changed', organizationId, actor: userId, target: userId, data })
}

/** What stands behind a path of ours. @throws Problem not_found */
export async function readAvatar(deps: Deps, file: string): Promise<Uint8Array> {
  const name = /^([A-Za-z0-9_-]{43})\.webp$/.exec(file)?.[1]
  const content = name && (await deps.repositories.avatars.findContent(name))
  if (!content) throw new Problem('not_found')
  return content
}

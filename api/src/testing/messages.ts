import type { EmailKind, EmailValues } from '../domain/messages.ts'
import { openContent } from '../use-cases/messages/content-box.ts'
import type { World } from './world.ts'

/** What the newest mail of this kind says, as its template gets it. */
export async function lastMail<Kind extends EmailKind>(
  { deps }: Pick<World, 'deps'>,
  kind: Kind,
): Promise<{ to: string; values: EmailValues[Kind] }> {
  const all = await deps.db.query.select().from(deps.db.tables.outboxMessages)
  const last = all
    .filter((message) => message.kind === kind)
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
    .at(-1)
  if (!last) throw new Error(`no mail ${kind} among ${all.map((message) => message.kind).join()}`)
  return { to: last.recipient, values: openContent(deps, last.id, last.content).values as EmailValues[Kind] }
}

/** What stands in for a message where a name is nobody's. */
export const isForNobody = ({ recipient }: { recipient: string }): boolean => recipient.endsWith('@nobody.invalid')

/** Every message to somebody as it is stored; but not that a browser is new, which comes with the first sign-in in each. */
export async function messagesOf({ deps: { db } }: Pick<World, 'deps'>) {
  const all = await db.query.select().from(db.tables.outboxMessages)
  return all.filter((message) => message.kind !== 'new_device' && !isForNobody(message))
}

/** What stands behind the # of a link. */
export const tokenOf = (link: string): string => link.slice(link.indexOf('#') + 1)

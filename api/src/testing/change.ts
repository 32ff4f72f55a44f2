import { eq } from 'drizzle-orm'
import type { Tables } from '../persistence/tables.ts'
import type { World } from './world.ts'

type TableWithId = {
  [Name in keyof Tables]: 'id' extends keyof Tables[Name]['$inferSelect'] ? Name : never
}[keyof Tables]

/** Changes a row behind the product's back: what a manager, an import or a bug may have done. */
export async function change<Name extends TableWithId>(
  { deps: { db } }: Pick<World, 'deps'>,
  name: Name,
  id: string,
  values: Partial<Tables[Name]['$inferSelect']>,
): Promise<void> {
  const table = db.tables[name] as Tables['users']
  await db.query
    .update(table)
    .set(values as Partial<Tables['users']['$inferSelect']>)
    .where(eq(table.id, id as never))
}

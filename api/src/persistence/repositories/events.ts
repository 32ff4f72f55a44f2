import { and, asc, desc, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import type { Event } from '../../domain/events.ts'
import type { Database, Executor } from '../database.ts'
import { given } from '../placeholder.ts'

export type StoredEvent = Database['tables']['events']['$inferSelect']

export function eventRepository(db: Database) {
  const { events } = db.tables
  const insert = db.statement('event_insert', (on) =>
    on.insert(events).values({
      id: given('id'),
      at: given('at'),
      type: given('type'),
      organizationId: given('organizationId'),
      actor: given('actor'),
      target: given('target'),
      data: given('data'),
    }),
  )
  return {
    async append(tx: Executor, event: Event) {
      await insert(event, tx)
    },
    async listUnsealed(tx: Executor, most: number): Promise<StoredEvent[]> {
      return tx.select().from(events).where(isNull(events.sequence)).orderBy(asc(events.id)).limit(most)
    },
    async findLastSealed(tx: Executor, organizationId: string): Promise<StoredEvent | null> {
      const [row] = await tx
        .select()
        .from(events)
        .where(and(eq(events.organizationId, organizationId), isNotNull(events.sequence)))
        .orderBy(desc(events.sequence))
        .limit(1)
      return row ?? null
    },
    async seal(tx: Executor, id: string, sequence: number, hash: string) {
      await tx
        .update(events)
        .set({ sequence, hash })
        .where(and(eq(events.id, id), isNull(events.sequence)))
    },
    /** Sealed events of one organization from a place in its chain on. */
    async listSealed(organizationId: string, from: number, most: number): Promise<StoredEvent[]> {
      return db.query
        .select()
        .from(events)
        .where(and(eq(events.organizationId, organizationId), sql`${events.sequence} >= ${from}`))
        .orderBy(asc(events.sequence))
        .limit(most)
    },
    async listChains(): Promise<string[]> {
      const rows = await db.query.select({ id: events.organizationId }).from(events).groupBy(events.organizationId)
      return rows.map(({ id }) => id)
    },
  }
}

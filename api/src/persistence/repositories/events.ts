import { and, asc, desc, eq, isNotNull, isNull, lt, sql } from 'drizzle-orm'
import type { Event } from '../../domain/events.ts'
import type { EventId, UserId } from '../../domain/ids.ts'
import type { Database, Executor } from '../database.ts'
import { bound, given } from '../placeholder.ts'

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
      person: given('person'),
      data: given('data'),
    }),
  )
  const unsealed = db.statement('events_unsealed', (on) =>
    on.select().from(events).where(isNull(events.sequence)).orderBy(asc(events.id)).limit(sql.placeholder('most')),
  )
  const lastSealed = db.statement('event_last_sealed', (on) =>
    on
      .select()
      .from(events)
      .where(and(eq(events.organizationId, bound('organizationId', events.organizationId)), isNotNull(events.sequence)))
      .orderBy(desc(events.sequence))
      .limit(1),
  )
  const seal = db.statement('event_seal', (on) =>
    on
      .update(events)
      .set({ sequence: given('sequence'), hash: given('hash') })
      .where(and(eq(events.id, bound('id', events.id)), isNull(events.sequence))),
  )
  return {
    async append(tx: Executor, event: Event) {
      await insert(event, tx)
    },
    /** About this person, newest first, those before this one when there is one. */
    async listOfPerson(person: UserId, most: number, before?: EventId): Promise<StoredEvent[]> {
      return db.query
        .select()
        .from(events)
        .where(and(eq(events.person, person), before ? lt(events.id, before) : undefined))
        .orderBy(desc(events.id))
        .limit(most)
    },
    async listUnsealed(tx: Executor, most: number): Promise<StoredEvent[]> {
      return unsealed({ most }, tx)
    },
    async findLastSealed(tx: Executor, organizationId: string): Promise<StoredEvent | null> {
      return (await lastSealed({ organizationId }, tx))[0] ?? null
    },
    async seal(tx: Executor, id: string, sequence: number, hash: string) {
      await seal({ id, sequence, hash }, tx)
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

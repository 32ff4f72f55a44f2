import { and, asc, desc, eq, gte, isNotNull, isNull, lt, sql } from 'drizzle-orm'
import type { Event } from '../../domain/events.ts'
import type { EventId, OrganizationId, UserId } from '../../domain/ids.ts'
import type { Database, Executor } from '../database.ts'
import { bound, given } from '../placeholder.ts'

export type StoredEvent = Database['tables']['events']['$inferSelect']

type WantedEvents = {
  owner: OrganizationId | 'instance'
  person: UserId | null
  /** From this moment on, and before that one. */
  since: number | null
  until: number | null
  /** A place in the chain; of a person the id of an event. */
  before: string | null
  most: number
}

/** Milliseconds by which an event may be sealed after one that is younger: a transaction takes no longer. */
const DISORDER = 60_000

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
  const timeOf = db.statement('event_time_in_chain', (on) =>
    on
      .select({ at: events.at })
      .from(events)
      .where(
        and(
          eq(events.organizationId, bound('organizationId', events.organizationId)),
          eq(events.sequence, bound('sequence', events.sequence)),
        ),
      ),
  )

  /** The first place of a chain that is at or after this moment, found by halving: times grow with places, but for DISORDER. */
  async function firstSince(tx: Executor, organizationId: string, instant: number): Promise<number> {
    let [low, high] = [1, ((await lastSealed({ organizationId }, tx))[0]?.sequence ?? 0) + 1]
    while (low < high) {
      const middle = Math.floor((low + high) / 2)
      const [row] = await timeOf({ organizationId, sequence: middle }, tx)
      if (row && row.at >= instant) high = middle
      else low = middle + 1
    }
    return low
  }

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
    /** Of one chain, newest first, before this place when there is one. With a person only what is about them. */
    async listPage(tx: Executor, { owner, person, since, until, before, most }: WantedEvents): Promise<StoredEvent[]> {
      // a person has so few that their times need not be found first
      const from = since === null || person ? null : await firstSince(tx, owner, since - DISORDER)
      const to = until === null || person ? null : await firstSince(tx, owner, until + DISORDER)
      const wanted = and(
        eq(events.organizationId, owner),
        isNotNull(events.sequence),
        person === null ? undefined : eq(events.person, person),
        since === null ? undefined : gte(events.at, since),
        until === null ? undefined : lt(events.at, until),
        from === null ? undefined : gte(events.sequence, from),
        to === null ? undefined : lt(events.sequence, to),
        before === null ? undefined : person ? lt(events.id, before) : lt(events.sequence, Number(before)),
      )
      const newest = desc(person ? events.id : events.sequence)
      return tx.select().from(events).where(wanted).orderBy(newest).limit(most)
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

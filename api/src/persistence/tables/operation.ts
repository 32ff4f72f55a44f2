import { sql } from 'drizzle-orm'
import type { SessionId, UserId } from '../../domain/ids.ts'
import { LINK_PURPOSES } from '../../domain/one-time-link.ts'
import type { PublicJwk } from '../../domain/signing-keys.ts'
import type { SchemaDialect } from '../dialect.sqlite.ts'

/** What the house itself needs: keys, one-time links, buckets, failures, leases and the log of events. */
export function operationTables(d: SchemaDialect) {
  const signingKeys = d.table('signing_keys', {
    kid: d.string('kid').primaryKey(),
    algorithm: d.oneOf('algorithm', ['RS256', 'ES256', 'EdDSA']).notNull(),
    publicJwk: d.json<PublicJwk>()('public_jwk').notNull(),
    /** PKCS #8, boxed with the master key and bound to the kid. */
    privateKey: d.string('private_key').notNull(),
    createdAt: d.instant('created_at').notNull(),
    /** First signature; published from the start. */
    usedFrom: d.instant('used_from').notNull(),
  })

  const oneTimeLinks = d.table(
    'one_time_links',
    {
      tokenHash: d.string('token_hash').primaryKey(),
      purpose: d.oneOf('purpose', LINK_PURPOSES).notNull(),
      userId: d.string('user_id').$type<UserId>().notNull(),
      /** The session that it was made in, and dies with; null where nobody was signed in. */
      sessionId: d.string('session_id').$type<SessionId>(),
      createdAt: d.instant('created_at').notNull(),
      expiresAt: d.instant('expires_at').notNull(),
      consumedAt: d.instant('consumed_at'),
    },
    (t) => [
      d.index('one_time_links_expires_idx').on(t.expiresAt),
      d.index('one_time_links_user_idx').on(t.userId),
      d.index('one_time_links_session_idx').on(t.sessionId),
    ],
  )

  const rateBuckets = d.table(
    'rate_buckets',
    {
      /** Purpose and HMAC of the name or address: no address is stored. */
      key: d.string('key').primaryKey(),
      used: d.count('used').notNull(),
      resetsAt: d.instant('resets_at').notNull(),
    },
    (t) => [d.index('rate_buckets_resets_idx').on(t.resetsAt)],
  )

  /** Failed guesses at what somebody knows, in a row: one row a person, and one a name that nobody has. */
  const loginFailures = d.table(
    'login_failures',
    {
      /** The id of the person, or `name/` and an HMAC: no name is stored. */
      key: d.string('key').primaryKey(),
      /** Since the last lock. */
      failures: d.count('failures').notNull(),
      /** Since the last proof, over all locks. */
      total: d.count('total').notNull(),
      /** How often it was locked since the last proof. */
      locks: d.count('locks').notNull(),
      /** The next guess is not looked at before. */
      waitEndsAt: d.instant('wait_ends_at'),
      /** Nor before the end of the last lock. */
      lockEndsAt: d.instant('lock_ends_at'),
      /** The row counts no more from then on. */
      forgottenAt: d.instant('forgotten_at').notNull(),
    },
    (t) => [d.index('login_failures_forgotten_idx').on(t.forgottenAt)],
  )

  /** Changes that managers' programs gave a name, with what was answered. */
  const idempotencyKeys = d.table(
    'idempotency_keys',
    {
      /** SHA-256 of who asked and the name. */
      id: d.string('id').primaryKey(),
      /** SHA-256 of what was asked for. */
      requestHash: d.string('request_hash').notNull(),
      /** In a box. Null only until its transaction commits. */
      answer: d.string('answer'),
      expiresAt: d.instant('expires_at').notNull(),
    },
    (t) => [d.index('idempotency_keys_expires_idx').on(t.expiresAt)],
  )

  const leases = d.table('leases', {
    name: d.string('name').primaryKey(),
    holder: d.string('holder').notNull(),
    expiresAt: d.instant('expires_at').notNull(),
  })

  /** Written in the transaction of the change; `sequence` and `hash` are set when the chain is sealed, moments later. */
  const events = d.table(
    'events',
    {
      id: d.string('id').primaryKey(),
      at: d.instant('at').notNull(),
      type: d.string('type').notNull(),
      organizationId: d.string('organization_id').notNull(),
      actor: d.string('actor'),
      target: d.string('target'),
      /** Whose account it is about. No reference: it outlives the account. */
      person: d.string('person').$type<UserId>(),
      data: d.json<Record<string, unknown>>()('data').notNull(),
      sequence: d.count('sequence'),
      hash: d.string('hash'),
    },
    (t) => [
      // an event is in one of the two, so that writing it touches few pages
      d.uniqueIndex('events_chain_idx').on(t.organizationId, t.sequence).where(sql`sequence is not null`),
      d.index('events_unsealed_idx').on(t.id).where(sql`sequence is null`),
      // ids sort by time
      d.index('events_person_idx').on(t.person, t.id).where(sql`person is not null`),
    ],
  )

  return { signingKeys, oneTimeLinks, rateBuckets, loginFailures, idempotencyKeys, leases, events }
}

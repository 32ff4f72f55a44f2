import { TRACE_PATHS, type TraceCheck, type TraceReason } from '@vestibule/shared/trace.ts'
import { sql } from 'drizzle-orm'
import type { ApplicationId, OrganizationId } from '../../domain/ids.ts'
import type { SchemaDialect } from '../dialect.sqlite.ts'

/** Why requests of the protocol were refused, for a few days. No references: whoever asks is compared with the owner. */
export function traceTables(d: SchemaDialect) {
  const traces = d.table(
    'traces',
    {
      id: d.string('id').primaryKey(),
      at: d.instant('at').notNull(),
      path: d.oneOf('path', TRACE_PATHS).notNull(),
      /** The organization of the application, or `instance` where nobody knows it. */
      owner: d.string('owner').$type<OrganizationId | 'instance'>().notNull(),
      applicationId: d.string('application_id').$type<ApplicationId>(),
      clientId: d.string('client_id'),
      error: d.string('error').notNull(),
      check: d.string('failed_check').$type<TraceCheck>().notNull(),
      reason: d.string('reason').$type<TraceReason>().notNull(),
      expected: d.string('expected'),
      got: d.string('got'),
    },
    (t) => [
      d.index('traces_at_idx').on(t.at),
      d.index('traces_application_idx').on(t.applicationId, t.at).where(sql`application_id is not null`),
    ],
  )
  return { traces }
}

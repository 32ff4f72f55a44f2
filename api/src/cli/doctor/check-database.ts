import { sql } from 'drizzle-orm'
import type { Database } from '../../persistence/database.ts'
import { migrationsOf } from '../../persistence/migrate.ts'
import { type Finding, fault, ok, warning } from './finding.ts'

/** Whether the schema is the one of this version. Nothing is migrated. @throws when the database does not answer */
export async function checkDatabase(db: Database): Promise<Finding> {
  await db.query.select({ one: sql`1` }).from(sql`(select 1) as anything`)
  const known = migrationsOf(db.kind).map(({ name }) => name)
  const applied = await appliedMigrations(db)
  const missing = known.filter((name) => !applied.includes(name))
  const foreign = applied.filter((name) => !known.includes(name))
  if (foreign.length > 0) return fault(`database: it was made by a newer version (${foreign.join(', ')})`)
  if (missing.length > 0)
    return warning(`database: ${missing.join(', ')} is missing; \`vestibule migrate\` or the next start applies it`)
  return ok(`database: ${db.kind} answers, and its schema is up to date`)
}

/** The table is not there before the first migration. */
async function appliedMigrations(db: Database): Promise<string[]> {
  try {
    const rows = await db.query.select({ name: sql<string>`name` }).from(sql`applied_migrations`)
    return rows.map(({ name }) => name)
  } catch {
    return []
  }
}

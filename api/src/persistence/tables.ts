import type { SchemaDialect } from './dialect.sqlite.ts'
import { accountTables } from './tables/accounts.ts'
import { deviceAuthorizationTables } from './tables/device-authorizations.ts'
import { flowTables } from './tables/flows.ts'
import { logoutNoticeTables } from './tables/logout-notices.ts'
import { machineTables } from './tables/machines.ts'
import { messageTables } from './tables/messages.ts'
import { operationTables } from './tables/operation.ts'
import { organizationTables } from './tables/organizations.ts'
import { projectTables } from './tables/projects.ts'
import { sessionTables } from './tables/sessions.ts'
import { tokenTables } from './tables/tokens.ts'
import { traceTables } from './tables/traces.ts'
import { userMetadataTables } from './tables/user-metadata.ts'
import { webauthnTables } from './tables/webauthn.ts'

/** Every table, written once; drizzle-kit makes the native DDL of both databases from it. */
export function defineTables(d: SchemaDialect) {
  const organizations = organizationTables(d)
  const accounts = accountTables(d, organizations)
  const sessions = sessionTables(d, accounts)
  const flows = flowTables(d, { ...organizations, ...sessions })
  const tokens = tokenTables(d, { ...organizations, ...accounts })
  const webauthn = webauthnTables(d, { ...accounts, ...sessions })
  const messages = messageTables(d, organizations)
  const waiting = deviceAuthorizationTables(d, organizations)
  const notices = logoutNoticeTables(d, organizations)
  const machines = machineTables(d, accounts)
  const projects = projectTables(d, { ...organizations, ...accounts })
  return {
    ...organizations,
    ...accounts,
    ...sessions,
    ...flows,
    ...tokens,
    ...webauthn,
    ...messages,
    ...notices,
    ...machines,
    ...projects,
    ...waiting,
    ...operationTables(d),
    ...traceTables(d),
    ...userMetadataTables(d, accounts),
  }
}

export type Tables = ReturnType<typeof defineTables>

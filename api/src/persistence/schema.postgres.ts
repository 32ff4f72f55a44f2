// Only for drizzle-kit, which reads tables from named exports. The product gets them from the opened database.
import { postgresDialect } from './dialect.postgres.ts'
import { defineTables } from './tables.ts'

export const {
  organizations,
  passwordHistory,
  organizationDomains,
  policies,
  applications,
  users,
  identifiers,
  credentials,
  managerRoles,
  acceptances,
  consents,
  devices,
  sessions,
  authRequests,
  logoutRequests,
  pushedRequests,
  grants,
  authorizationCodes,
  accessTokens,
  refreshTokens,
  outboxMessages,
  signingKeys,
  oneTimeCodes,
  oneTimeLinks,
  rateBuckets,
  loginFailures,
  leases,
  events,
} = defineTables(postgresDialect)

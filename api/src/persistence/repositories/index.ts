import type { Database } from '../database.ts'
import { acceptanceRepository } from './acceptances.ts'
import { accessTokenRepository } from './access-tokens.ts'
import { applicationRepository } from './applications.ts'
import { authRequestRepository } from './auth-requests.ts'
import { authorizationCodeRepository } from './authorization-codes.ts'
import { avatarRepository } from './avatars.ts'
import { consentRepository } from './consents.ts'
import { credentialRepository } from './credentials.ts'
import { departureRepository } from './departures.ts'
import { deviceAuthorizationRepository } from './device-authorizations.ts'
import { deviceRepository } from './devices.ts'
import { enrollmentRepository } from './enrollments.ts'
import { eventRepository } from './events.ts'
import { grantRepository } from './grants.ts'
import { idempotencyKeyRepository } from './idempotency-keys.ts'
import { knownBrowserRepository } from './known-browsers.ts'
import { leaseRepository } from './leases.ts'
import { loginFailureRepository } from './login-failures.ts'
import { logoutNoticeRepository } from './logout-notices.ts'
import { logoutRequestRepository } from './logout-requests.ts'
import { machineKeyRepository } from './machine-keys.ts'
import { managedApplicationRepository } from './managed-applications.ts'
import { managedServiceUserRepository } from './managed-service-users.ts'
import { managedUserRepository } from './managed-users.ts'
import { managerRoleRepository } from './manager-roles.ts'
import { oneTimeCodeRepository } from './one-time-codes.ts'
import { oneTimeLinkRepository } from './one-time-links.ts'
import { organizationRepository } from './organizations.ts'
import { outboxMessageRepository } from './outbox-messages.ts'
import { ownDataRepository } from './own-data.ts'
import { passwordHistoryRepository } from './password-history.ts'
import { personalTokenRepository } from './personal-tokens.ts'
import { policyRepository } from './policies.ts'
import { projectRepository } from './projects.ts'
import { pushedRequestRepository } from './pushed-requests.ts'
import { rateBucketRepository } from './rate-buckets.ts'
import { recoveryCodeRepository } from './recovery-codes.ts'
import { refreshTokenRepository } from './refresh-tokens.ts'
import { restoredCopyRepository } from './restored-copies.ts'
import { sessionRepository } from './sessions.ts'
import { signingKeyRepository } from './signing-keys.ts'
import { spentProofRepository } from './spent-proofs.ts'
import { traceRepository } from './traces.ts'
import { trustedDeviceRepository } from './trusted-devices.ts'
import { userMetadataRepository } from './user-metadata.ts'
import { userRepository } from './users.ts'
import { webauthnChallengeRepository } from './webauthn-challenges.ts'
import { webauthnCredentialRepository } from './webauthn-credentials.ts'

/** Every repository over one database. Hot queries are prepared here, once. */
export const openRepositories = (db: Database) => ({
  acceptances: acceptanceRepository(db),
  accessTokens: accessTokenRepository(db),
  applications: applicationRepository(db),
  authRequests: authRequestRepository(db),
  authorizationCodes: authorizationCodeRepository(db),
  avatars: avatarRepository(db),
  consents: consentRepository(db),
  credentials: credentialRepository(db),
  departures: departureRepository(db),
  deviceAuthorizations: deviceAuthorizationRepository(db),
  devices: deviceRepository(db),
  enrollments: enrollmentRepository(db),
  events: eventRepository(db),
  grants: grantRepository(db),
  idempotencyKeys: idempotencyKeyRepository(db),
  knownBrowsers: knownBrowserRepository(db),
  leases: leaseRepository(db),
  loginFailures: loginFailureRepository(db),
  logoutNotices: logoutNoticeRepository(db),
  logoutRequests: logoutRequestRepository(db),
  machineKeys: machineKeyRepository(db),
  managedApplications: managedApplicationRepository(db),
  managedServiceUsers: managedServiceUserRepository(db),
  managedUsers: managedUserRepository(db),
  managerRoles: managerRoleRepository(db),
  oneTimeCodes: oneTimeCodeRepository(db),
  oneTimeLinks: oneTimeLinkRepository(db),
  organizations: organizationRepository(db),
  ownData: ownDataRepository(db),
  outboxMessages: outboxMessageRepository(db),
  passwordHistory: passwordHistoryRepository(db),
  personalTokens: personalTokenRepository(db),
  policies: policyRepository(db),
  projects: projectRepository(db),
  pushedRequests: pushedRequestRepository(db),
  rateBuckets: rateBucketRepository(db),
  recoveryCodes: recoveryCodeRepository(db),
  refreshTokens: refreshTokenRepository(db),
  restoredCopies: restoredCopyRepository(db),
  sessions: sessionRepository(db),
  signingKeys: signingKeyRepository(db),
  spentProofs: spentProofRepository(db),
  traces: traceRepository(db),
  trustedDevices: trustedDeviceRepository(db),
  userMetadata: userMetadataRepository(db),
  users: userRepository(db),
  webauthnChallenges: webauthnChallengeRepository(db),
  webauthnCredentials: webauthnCredentialRepository(db),
})

export type Repositories = ReturnType<typeof openRepositories>

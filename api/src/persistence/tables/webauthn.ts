import type { CredentialId, DeviceId, UserId } from '../../domain/ids.ts'
import { CHALLENGE_PURPOSES, type ChallengeFlow } from '../../domain/webauthn.ts'
import type { SchemaDialect } from '../dialect.sqlite.ts'
import type { AccountTables } from './accounts.ts'
import type { SessionTables } from './sessions.ts'

/** Passkeys and security keys, and the challenges they sign. */
export function webauthnTables(d: SchemaDialect, { credentials, devices }: AccountTables & SessionTables) {
  /** What a passkey or a security key consists of, besides what every credential has. */
  const webauthnCredentials = d.table('webauthn_credentials', {
    id: d
      .string('id')
      .$type<CredentialId>()
      .primaryKey()
      .references(() => credentials.id, { onDelete: 'cascade' }),
    /** As the authenticator named it, base64url: no two people have the same. */
    credentialId: d.string('credential_id').notNull().unique(),
    /** COSE key, base64url. */
    publicKey: d.string('public_key').notNull(),
    counter: d.count('counter').notNull(),
    transports: d.json<string[]>()('transports').notNull(),
    /** Whether it may leave its device, and whether it has. */
    isBackupEligible: d.flag('is_backup_eligible').notNull(),
    isBackedUp: d.flag('is_backed_up').notNull(),
    /** The model of the authenticator, as far as it says so. */
    aaguid: d.string('aaguid').notNull(),
  })

  const webauthnChallenges = d.table(
    'webauthn_challenges',
    {
      /** SHA-256 of the challenge. */
      challengeHash: d.string('challenge_hash').primaryKey(),
      purpose: d.oneOf('purpose', CHALLENGE_PURPOSES).notNull(),
      /** The pending request, the session of the account pages, or the link, that it was asked for in. */
      flow: d.string('flow').$type<ChallengeFlow>().notNull(),
      /** Whose account it is about; null where nobody is named before. */
      userId: d.string('user_id').$type<UserId>(),
      deviceId: d
        .string('device_id')
        .$type<DeviceId>()
        .notNull()
        .references(() => devices.id, { onDelete: 'cascade' }),
      expiresAt: d.instant('expires_at').notNull(),
      consumedAt: d.instant('consumed_at'),
    },
    (t) => [
      d.index('webauthn_challenges_expires_idx').on(t.expiresAt),
      d.index('webauthn_challenges_device_idx').on(t.deviceId),
    ],
  )

  return { webauthnCredentials, webauthnChallenges }
}

/** What the owner of an account can read in its recent activity; the browser says `account:activity.types.<name>`. */
export const ACTIVITY_TYPES = [
  'account_created',
  'profile_changed',
  'password_set',
  'reset_asked_for',
  'signed_in',
  'password_refused',
  'locked_for_failures',
  'unlocked',
  'session_ended',
  'account_forgotten',
  'consent_given',
  'application_opened',
  'grant_reused',
  'grant_revoked',
  'message_undeliverable',
  'intrusion_reported',
  'data_exported',
  'deletion_planned',
  'deletion_undone',
  'organization_managed',
] as const
export type ActivityType = (typeof ACTIVITY_TYPES)[number]

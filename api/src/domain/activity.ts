import type { ActivityType } from '@vestibule/shared/activity.ts'
import type { EventType } from './events.ts'

/** What each event is called where the person it is about reads it; null where it is about nobody. A new one does not compile without. */
export const ACTIVITY_OF: Record<EventType, ActivityType | null> = {
  'user.created': 'account_created',
  'user.registered': 'account_created',
  'user.changed': 'profile_changed',
  'user.profile_changed': 'profile_changed',
  'user.password_set': 'password_set',
  'user.signed_in': 'signed_in',
  'user.password_refused': 'password_refused',
  'user.locked_for_failures': 'locked_for_failures',
  'user.unlocked': 'unlocked',
  'user.intrusion_reported': 'intrusion_reported',
  'user.exported': 'data_exported',
  'user.deletion_planned': 'deletion_planned',
  'user.deletion_undone': 'deletion_undone',
  'user.deleted': null,
  'session.ended': 'session_ended',
  'account.forgotten': 'account_forgotten',
  'consent.given': 'consent_given',
  'grant.issued': 'application_opened',
  'grant.reused': 'grant_reused',
  'grant.revoked': 'grant_revoked',
  'organization.created': 'organization_managed',
  'organization.changed': 'organization_managed',
  'application.created': 'organization_managed',
  'application.changed': 'organization_managed',
  'policy.changed': 'organization_managed',
  'message.undeliverable': 'message_undeliverable',
  'signing_key.created': null,
  'anomaly.noticed': null,
}

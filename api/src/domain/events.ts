import type { EventId, OrganizationId, UserId } from './ids.ts'

/** What happened, in the past tense. A closed set: metrics and filters rely on it. */
export const EVENT_TYPES = [
  'user.created',
  'user.registered',
  'user.changed',
  'user.profile_changed',
  'user.email_changed',
  'user.phone_changed',
  'user.username_changed',
  'user.password_set',
  'user.reset_asked_for',
  'user.signed_in',
  'user.new_browser_noticed',
  'user.second_factor_checked',
  'user.second_factor_refused',
  'user.factor_added',
  'user.password_refused',
  'user.factor_removed',
  'user.passkey_link_created',
  'user.passkey_link_followed',
  'user.passkey_link_cancelled',
  'user.device_trusted',
  'user.device_distrusted',
  'user.locked_for_failures',
  'user.unlocked',
  'user.locked',
  'user.deactivated',
  'user.reactivated',
  'user.setup_link_created',
  'user.intrusion_reported',
  'user.exported',
  'user.deletion_planned',
  'user.deletion_undone',
  'user.deleted',
  'session.ended',
  'account.forgotten',
  'consent.given',
  'grant.issued',
  'grant.reused',
  'grant.revoked',
  'organization.created',
  'organization.changed',
  'application.created',
  'application.changed',
  'application.deleted',
  'policy.changed',
  'project.created',
  'project.changed',
  'project.deleted',
  'user.project_roles_changed',
  'manager.roles_changed',
  'service_user.created',
  'service_user.changed',
  'service_user.secret_renewed',
  'service_user.secret_removed',
  'service_user.key_added',
  'service_user.key_removed',
  'service_user.token_created',
  'service_user.token_removed',
  'signing_key.created',
  'instance.restored',
  'message.undeliverable',
  'logout.delivered',
  'logout.undeliverable',
  'anomaly.noticed',
] as const
export type EventType = (typeof EVENT_TYPES)[number]

/** Written in the transaction of the change. `data` holds no secret and nothing typed by a stranger. */
export type Event = {
  id: EventId
  at: number
  type: EventType
  /** The organization's id, or `instance`. */
  organizationId: OrganizationId | 'instance'
  actor: string | null
  target: string | null
  /** Whose account it is about: what they read in their recent activity. */
  person: UserId | null
  data: Record<string, unknown>
}

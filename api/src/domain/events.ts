import type { EventId, OrganizationId } from './ids.ts'

/** What happened, in the past tense. A closed set: metrics and filters rely on it. */
export const EVENT_TYPES = [
  'user.created',
  'user.changed',
  'user.password_set',
  'user.signed_in',
  'user.password_refused',
  'user.locked_for_failures',
  'user.unlocked',
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
  'policy.changed',
  'signing_key.created',
  'message.undeliverable',
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
  data: Record<string, unknown>
}

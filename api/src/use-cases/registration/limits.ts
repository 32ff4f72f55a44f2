import type { Limit } from '../limits.ts'

const HOUR = 3600

/**
 * Forms that were sent, from one client address and with addresses of one mail domain; the outbox counts the mails to one address. Names
 * are told to be taken so often to one client. Codes are tried so often from one, whatever flow they are of.
 */
export const REGISTRATION_LIMITS = {
  address: { purpose: 'registration/address', most: 50, window: HOUR },
  domain: { purpose: 'registration/domain', most: 500, window: HOUR },
  takenNames: { purpose: 'registration/taken', most: 20, window: HOUR },
  codes: { purpose: 'registration/codes', most: 100, window: HOUR },
} as const satisfies Record<string, Limit>

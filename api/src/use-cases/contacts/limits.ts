import type { Limit } from '../limits.ts'

const HOUR = 3600

/** New addresses and numbers of one person, codes they try, and user names they ask for; whatever session it is from. */
export const CONTACT_LIMITS = {
  changes: { purpose: 'contact/changes', most: 20, window: HOUR },
  codes: { purpose: 'contact/codes', most: 30, window: HOUR },
  usernames: { purpose: 'contact/usernames', most: 20, window: HOUR },
} as const satisfies Record<string, Limit>

import type { AccountPage } from '@vestibule/shared/account-pages.ts'

/** Pages that a room leads to and the navigation does not: the room they belong to. */
const WITHIN: Partial<Record<AccountPage, 'profile'>> = { email: 'profile', phone: 'profile', username: 'profile' }

export const roomAround = (page: AccountPage) => WITHIN[page] ?? null

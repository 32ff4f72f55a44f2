/** What a link from a message, or from an operator, does with one press. */
export const LINK_PURPOSES = ['password_setup', 'not_me', 'undo_deletion', 'enroll_passkey'] as const
export type LinkPurpose = (typeof LINK_PURPOSES)[number]

/** These let somebody in, so they die with every change of the account. The others only protect it: no intruder may switch them off. */
export const OPENING_LINKS: readonly LinkPurpose[] = ['password_setup', 'enroll_passkey']

/** So long another device may make a passkey by a link. Milliseconds. */
export const PASSKEY_LINK_LIFETIME = 600_000

/** Each notice has a link of its own, and whoever was away for a while must still find it working. Milliseconds. */
export const NOT_ME_LIFETIME = 30 * 86_400_000

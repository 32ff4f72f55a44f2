/** What a link from a message, or from an operator, does with one press. */
export const LINK_PURPOSES = ['password_setup', 'not_me', 'undo_deletion'] as const
export type LinkPurpose = (typeof LINK_PURPOSES)[number]

/** These let somebody in, so they die with every change of the account. The others only protect it: no intruder may switch them off. */
export const OPENING_LINKS: readonly LinkPurpose[] = ['password_setup']

/** Each notice has a link of its own, and whoever was away for a while must still find it working. Milliseconds. */
export const NOT_ME_LIFETIME = 30 * 86_400_000

/** Things that can be lost, with what proves who somebody is on them. */
export const LOSSES = ['phone', 'key', 'mailbox'] as const
export type Loss = (typeof LOSSES)[number]

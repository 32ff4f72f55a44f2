import type { Deps } from '../../deps.ts'

/** Milliseconds that one value is given out; it is taken for twice that time. */
const SLOT = 60_000

/**
 * A value of ours that a proof must hold (RFC 9449 8), so that none is made in advance. Made of the time and the master key: every
 * process knows those of all others, and nothing is stored.
 */
export const newNonce = (deps: Deps): string => nonceOf(deps, slotNow(deps))

export const isFreshNonce = (deps: Deps, nonce: unknown): boolean =>
  [0, 1, 2].some((age) => nonce === nonceOf(deps, slotNow(deps) - age))

const slotNow = ({ clock }: Deps): number => Math.floor(clock.now() / SLOT)
const nonceOf = ({ box }: Deps, slot: number): string => box.nameOf('dpop nonce', String(slot))

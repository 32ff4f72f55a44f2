/** Why a message did not get out. A closed set: managers, metrics and the log see it. */
export const DELIVERY_FAULTS = [
  /** No server answered, or it broke off. */
  'unreachable',
  /** It did not answer in time. */
  'timeout',
  /** It asked us to try later. */
  'deferred',
  /** It will not take this message. */
  'refused',
  /** It does not have this recipient. */
  'recipient_refused',
  /** It does not know us, or the connection is not safe. */
  'not_allowed',
  /** Nothing is set up for this channel. */
  'not_set_up',
  /** The stored message can not be read. */
  'unreadable',
  /** A mistake of ours. */
  'internal',
] as const
export type DeliveryFault = (typeof DELIVERY_FAULTS)[number]

/** A message that did not get out. */
export class DeliveryFailed extends Error {
  readonly fault: DeliveryFault
  constructor(fault: DeliveryFault, options?: ErrorOptions) {
    super(`a message did not get out: ${fault}`, options)
    this.fault = fault
  }
}

/** What trying again does not change. */
const FINAL: ReadonlySet<DeliveryFault> = new Set<DeliveryFault>(['refused', 'recipient_refused', 'unreadable'])

/** Attempts until a message is given up: with the pauses below a day. */
const MOST_ATTEMPTS = 12
/** Milliseconds: three times as long each time, six hours at most. */
const FIRST_PAUSE = 5_000
const LONGEST_PAUSE = 6 * 3_600_000

/**
 * When to try again after so many attempts, or null: never. `chance` from 0 to 1 spreads those that failed together over a fifth of the
 * pause to either side.
 */
export function nextAttempt(fault: DeliveryFault, attempts: number, now: number, chance: number): number | null {
  if (FINAL.has(fault) || attempts >= MOST_ATTEMPTS) return null
  const pause = Math.min(FIRST_PAUSE * 3 ** (attempts - 1), LONGEST_PAUSE)
  return Math.round(now + pause * (0.8 + 0.4 * chance))
}

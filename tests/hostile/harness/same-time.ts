import { mannWhitney, median } from './statistics.ts'

type Comparison = { difference: number; p: number }

/** Two samples of milliseconds: how far their medians are apart, and the probability of that where there is no difference. */
export const compareTimes = (one: readonly number[], other: readonly number[]): Comparison => ({
  difference: Math.abs(median(one) - median(other)),
  p: mannWhitney(one, other),
})

/**
 * Milliseconds that nobody sees across a network with as many tries as the limits leave: a row more in an index or a value to be made up
 * shows only here, on the same machine and after hundreds of samples.
 */
export const TOO_SMALL_TO_SEE = 0.1

/** Whether nobody can tell the two apart. `negligible`: milliseconds that count as none. */
export const isSameTime = ({ difference, p }: Comparison, negligible = 0): boolean =>
  difference < 5 && (p > 0.01 || difference < negligible)

export const SAME_TIME = 'no difference of the medians of 5 ms, and p > 0.01'

import { inject } from 'vitest'

declare module 'vitest' {
  export interface ProvidedContext {
    isShort: boolean
  }
}

/**
 * Every choice of a scenario comes from one number, so that a run can be repeated: CHAOS_SEED. It is printed at the start.
 */
export function createChoices(scenario: string) {
  const seed = Number(process.env.CHAOS_SEED ?? Math.floor(Math.random() * 2 ** 31))
  console.log(`${scenario}: CHAOS_SEED=${seed}`)
  let state = seed >>> 0
  /** mulberry32: from 0 to below 1. */
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return { between: (least: number, most: number) => least + next() * (most - least) }
}

/** The part of `npm test`: fewer rounds, and nothing that a busy machine decides. */
export const isShort = inject('isShort')

/** The long mode, for the night. */
export const isLong = process.env.CHAOS_LONG === '1'

import type { Deps } from '../../deps.ts'
import { type Guess, GuessRefused } from './count-guess.ts'

/**
 * Counts a guess and compares it. One that is refused while others at the same person are being compared here waits for them: a right one
 * forgets all that were counted, so that somebody who signs in many times at once is not told to wait. Only then it is counted again, by
 * the same statement; no guess is compared that would not be otherwise.
 * @throws whatever `ask` and `compare` throw
 */
export async function guessInTurn<Asked extends { guess: Guess }, Result>(
  { turns }: Deps,
  ask: () => Promise<Asked>,
  compare: (asked: Asked) => Promise<Result>,
): Promise<Result> {
  for (;;) {
    const asked = await ask().catch(async (error: unknown) => {
      if (error instanceof GuessRefused && (await turns.hasEnded(error.key))) return null
      throw error
    })
    if (asked) return turns.during(asked.guess.key, () => compare(asked))
  }
}

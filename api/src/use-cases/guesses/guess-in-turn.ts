import type { Deps, Turn } from '../../deps.ts'
import { type Guess, GuessRefused } from './count-guess.ts'

/**
 * Counts a guess and compares it. One that is refused while others at the same person are being compared here waits for them: a right one
 * forgets all that were counted, so that somebody who signs in many times at once is not told to wait. Only then it is counted again, by
 * the same statement; no guess is compared that would not be otherwise.
 *
 * @param ask counts the guess in a transaction, and enters its key into the turn there: the next one may be refused before this one hears
 *   that its transaction is over
 * @throws whatever `ask` and `compare` throw
 */
export async function guessInTurn<Asked extends { guess: Guess }, Result>(
  { turns }: Deps,
  ask: (turn: Turn) => Promise<Asked>,
  compare: (asked: Asked) => Promise<Result>,
): Promise<Result> {
  for (;;) {
    const turn = turns.begin()
    try {
      return await compare(await ask(turn))
    } catch (error) {
      if (!(error instanceof GuessRefused && (await turn.hasEnded(error.key)))) throw error
    } finally {
      turn.end()
    }
  }
}

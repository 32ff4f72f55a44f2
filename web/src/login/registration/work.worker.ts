import type { Proof } from '@vestibule/shared/login-step-registration.ts'
import { solveChallenge } from 'altcha-lib'
import { deriveKey } from 'altcha-lib/algorithms/web/pbkdf2'

/** Beside the page, so that it stays quick: takes a challenge, answers with its solution, or null when there is none in time. */
addEventListener('message', ({ data: challenge }: MessageEvent<Proof['challenge']>) => {
  void solveChallenge({ challenge, deriveKey })
    .catch(() => null)
    .then((found) => postMessage(found && { counter: found.counter, derivedKey: found.derivedKey }))
})

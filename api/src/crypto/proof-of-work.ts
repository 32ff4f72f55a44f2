import type { Proof } from '@vestibule/shared/login-step-registration.ts'
import { createChallenge, verifySolution } from 'altcha-lib'
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2'
import type { SecretBox } from './secret-box.ts'

/** A piece of work: which counter makes a key that begins with `keyPrefix`? Signed, so that nobody makes it easier. */
type Challenge = Proof['challenge']

/** Some 256 derivations in a worker of the browser, one of them here: a tenth of a second there, under a millisecond here. */
const WORK = { algorithm: 'PBKDF2/SHA-256', cost: 1_000, keyLength: 32, keyPrefix: '00' } as const

export type ProofOfWork = ReturnType<typeof createProofOfWork>

export function createProofOfWork(box: SecretBox) {
  const hmacSignatureSecret = box.nameOf('proof of work', 'signature')
  return {
    /** Work for this place and no other, until this moment (milliseconds). */
    async create(place: string, until: number): Promise<Challenge> {
      const data = { place, until }
      const { parameters, signature = '' } = await createChallenge({ ...WORK, deriveKey, data, hmacSignatureSecret })
      return { parameters: { ...parameters, data }, signature }
    },

    /** The name of the challenge, to be spent once, and its end; null for work that was not done, or is another's or too old. */
    async verify(
      { challenge, solution }: Proof,
      place: string,
      now: number,
    ): Promise<{ id: string; until: number } | null> {
      const { data } = challenge.parameters
      if (data.place !== place || data.until <= now) return null
      // the signature is looked at before anything is derived with numbers that came in
      const { verified } = await verifySolution({ challenge, solution, deriveKey, hmacSignatureSecret })
      return verified ? { id: challenge.signature, until: data.until } : null
    },
  }
}

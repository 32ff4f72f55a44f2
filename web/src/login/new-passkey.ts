import type { CreationOptions, RegistrationResponse } from '@vestibule/shared/contract/webauthn.ts'
import { asProblem, type ProblemAnswer } from '../problem-answer.ts'
import { createPasskey, type NoPasskey, signalUnknown } from '../webauthn.ts'

type Making = {
  begin: () => Promise<{ options: CreationOptions }>
  onPasskey: (credential: RegistrationResponse) => Promise<ProblemAnswer | null>
}

/** Makes a passkey and uses it. Out: the problem; null when the login goes on; a word when nothing came of the prompt. */
export async function makePasskey({ begin, onPasskey }: Making): Promise<ProblemAnswer | NoPasskey | null> {
  try {
    const { options } = await begin()
    const credential = await createPasskey(options)
    if (typeof credential === 'string') return credential
    const problem = await onPasskey(credential)
    // nobody keeps the other half of it
    if (problem && problem.code !== 'unreachable') await signalUnknown(options.rp.id, credential.id)
    return problem
  } catch (error) {
    return asProblem(error)
  }
}

import type { Proof } from '@vestibule/shared/login-step-registration.ts'
import { useEffect, useRef, useState } from 'react'
import { asProblem, type ProblemAnswer } from '../../problem-answer.ts'
import { call } from '../actions.ts'
import { startWork, type Work } from './work.ts'

type Challenge = Proof['challenge'] | null
type SendWith = (proof: Proof | null) => Promise<ProblemAnswer | null>

/**
 * The proof of work of a form: it begins when the form is shown, and nobody has to do anything for it. Work that is spent or too old when
 * the form is sent is done anew, once.
 */
export function useWork(request: string, challenge: Challenge) {
  const work = useRef<Work | null>(null)
  const [isDone, setDone] = useState(false)

  useEffect(() => {
    const begun = startWork(challenge)
    work.current = begun
    setDone(false)
    void begun.proof.then(() => work.current === begun && setDone(true))
    return begun.stop
  }, [challenge])

  const sendWithWork = async (send: SendWith): Promise<ProblemAnswer | null> => {
    const problem = await send((await work.current?.proof) ?? null)
    if (problem?.code !== 'proof_of_work_required') return problem
    const renewed = await freshChallenge(request)
    if (renewed instanceof Error) return renewed
    work.current = startWork(renewed)
    return send(await work.current.proof)
  }
  return { isWanted: challenge !== null, isDone, sendWithWork }
}

async function freshChallenge(request: string): Promise<Challenge | ProblemAnswer> {
  try {
    const { step } = await call('get /api/login/{request}', { params: { request } })
    return step.kind === 'register' ? step.challenge : null
  } catch (error) {
    return asProblem(error)
  }
}

import type { LoginAnswer } from '@vestibule/shared/login-step.ts'
import { useCallback, useEffect, useRef, useState } from 'react'
import { followLanguage } from '../i18n.ts'
import { asProblem, type FailureCode, type ProblemAnswer } from '../problem-answer.ts'
import { call, type Send } from './actions.ts'
import { loadScreen } from './lazy-screens.ts'

const OVER: ReadonlySet<FailureCode> = new Set(['request_expired', 'request_finished', 'request_not_found'])

/**
 * The state of a pending request: the answer to draw, or the problem that ended it. Each answer replaces the one before. A step that is
 * no longer the true one heals: the server is asked which one is. While one action is under way, a second one sends nothing.
 */
export function useLogin(first: LoginAnswer) {
  const [answer, setAnswer] = useState(first)
  const [end, setEnd] = useState<ProblemAnswer | null>(null)
  const busy = useRef(false)
  const { request } = first

  const settle = useCallback(async (work: Promise<LoginAnswer>) => {
    try {
      const answer = await work
      await loadScreen(answer.step.kind)
      // so that no frame shows the new step in the old language; a page that is being left keeps its own
      if (answer.step.kind !== 'redirect') await followLanguage(answer.language, 'login')
      setAnswer(answer)
      return null
    } catch (error) {
      const problem = asProblem(error)
      if (!OVER.has(problem.code)) return problem
      setEnd(problem)
      return null
    }
  }, [])

  const refresh = useCallback(
    () => settle(call('get /api/login/{request}', { params: { request } })),
    [settle, request],
  )

  const send: Send = useCallback(
    async (action, body) => {
      if (busy.current) return null
      busy.current = true
      try {
        // One key for all actions: their records are alike but for the body, which `Send` ties to the action.
        const key = `post /api/login/{request}/${action}` as 'post /api/login/{request}/finish'
        const problem = await settle(call(key, { params: { request }, body: body as Record<string, never> }))
        if (problem?.code === 'wrong_step') return await refresh()
        // one too many may have closed the step for a while
        if (problem?.code === 'too_many_attempts') await refresh()
        return problem
      } finally {
        busy.current = false
      }
    },
    [settle, refresh, request],
  )

  useEndOfLock(answer, refresh)

  return { answer, end, send, refresh }
}

/** Seconds. A lock is looked at again this often, so that what it says stays true. */
const LOOK_AGAIN = 60

/** A lock that is over opens the step by itself. */
function useEndOfLock(answer: LoginAnswer, refresh: () => Promise<unknown>) {
  useEffect(() => {
    const { step } = answer
    if (!('lockedFor' in step) || step.lockedFor === null) return
    const timer = setTimeout(() => void refresh(), Math.min(step.lockedFor, LOOK_AGAIN) * 1000)
    return () => clearTimeout(timer)
  }, [answer, refresh])
}

import { useEffect, useRef, useState } from 'react'
import { useTexts } from '../i18n.ts'
import type { ProblemAnswer } from '../problem-answer.ts'
import { FormProblem } from './submit.tsx'
import { useSubmit } from './use-submit.ts'

type Props = {
  /** The step as the server gave it: `resendIn` seconds from then a new code may be asked for. */
  step: { resendIn: number }
  onResend: () => Promise<ProblemAnswer | null>
}

/**
 * The way to a new code, open after a countdown that is not read out. That a new one is on its way, and the one before dead, is.
 */
export function ResendCode({ step, onResend }: Props) {
  const { t } = useTexts()
  const [isSent, setSent] = useState(false)
  const left = useSecondsLeft(step)
  const { problem, pending, onSubmit } = useSubmit(async () => {
    const refusal = await onResend()
    setSent(refusal === null)
    return refusal
  })
  const isWaiting = left > 0
  const told = useRef<HTMLDivElement>(null)
  // the button that was pressed is gone: whoever goes by keyboard goes on from what it did
  useEffect(() => {
    if (isSent && isWaiting && document.activeElement === document.body) told.current?.focus()
  }, [isSent, isWaiting])
  return (
    <form className="tray" onSubmit={onSubmit} noValidate>
      <p className="small soft">{t('common:code.none')}</p>
      <div role="status" ref={told} tabIndex={-1}>
        {isSent && <p className="small">{t('common:code.sent')}</p>}
      </div>
      <FormProblem problem={problem} />
      {isWaiting ? (
        <p className="small soft">{t('common:code.again_in', { time: clockTime(left) })}</p>
      ) : (
        <p>
          <button className="button quiet slim flush" type="submit" aria-busy={pending}>
            {t('common:code.again')}
          </button>
        </p>
      )}
    </form>
  )
}

const clockTime = (seconds: number) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`

/** Counts by the clock and not by ticks, so that a tab that slept is right again at once. Another step begins anew. */
function useSecondsLeft(step: { resendIn: number }): number {
  const [left, setLeft] = useState(step.resendIn)
  useEffect(() => {
    const until = performance.now() + step.resendIn * 1000
    const count = () => {
      const seconds = Math.max(0, Math.ceil((until - performance.now()) / 1000))
      setLeft(seconds)
      if (seconds === 0) clearInterval(timer)
    }
    const timer = setInterval(count, 500)
    count()
    return () => clearInterval(timer)
  }, [step])
  return left
}

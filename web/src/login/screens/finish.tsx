import { useCallback, useEffect, useState } from 'react'
import { FormProblem } from '../../forms/submit.tsx'
import { useTexts } from '../../i18n.ts'
import type { ProblemAnswer } from '../../problem-answer.ts'
import { useTitle } from '../../ui/use-title.ts'
import { placeOf, type ScreenProps } from '../actions.ts'
import { LeavingHead } from '../leaving-head.tsx'

/** Everything is proven: finishes by itself. Only when that fails is there something to press. */
export function FinishScreen({ answer, send }: ScreenProps<'complete'>) {
  const { t } = useTexts()
  const [problem, setProblem] = useState<ProblemAnswer | null>(null)
  const finish = useCallback(() => {
    setProblem(null)
    void send('finish', {}).then(setProblem)
  }, [send])
  useEffect(finish, [finish])
  useTitle(t('login:leaving.heading'), placeOf(answer), problem !== null)

  return (
    <>
      <LeavingHead answer={answer} lead={t('login:leaving.text')} />
      <div className="stack">
        <FormProblem problem={problem} />
        {problem && (
          <button className="button primary" type="button" onClick={finish}>
            {t('common:try_again')}
          </button>
        )}
      </div>
    </>
  )
}

import { FormProblem } from '../../forms/submit.tsx'
import { type TextKey, useTexts } from '../../i18n.ts'
import type { ProblemAnswer } from '../../problem-answer.ts'
import { Head } from '../../ui/head.tsx'
import { ToAccount } from '../../ui/to-account.tsx'
import { useTitle } from '../../ui/use-title.ts'

type Props = { heading: TextKey; place: string; problem: ProblemAnswer | null }

/** While the link is looked at; or what kept it from being looked at. */
export function Looking({ heading, place, problem }: Props) {
  const { t } = useTexts()
  useTitle(t(heading), place, problem !== null)
  return (
    <>
      <Head heading={t(heading)} lead={problem ? null : t('account:loading')} />
      {problem && (
        <div className="stack">
          <FormProblem problem={problem} />
          <ToAccount />
        </div>
      )}
    </>
  )
}

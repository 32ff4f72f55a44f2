import { FormProblem } from '../../forms/submit.tsx'
import { useSubmit } from '../../forms/use-submit.ts'
import { useTexts } from '../../i18n.ts'
import type { Send } from '../actions.ts'

/** An offer may be put off. */
export function NotNow({ send }: { send: Send }) {
  const { t } = useTexts()
  const { problem, pending, onSubmit } = useSubmit(() => send('skip-enrollment', {}))
  return (
    <form className="stack" onSubmit={onSubmit} noValidate>
      <FormProblem problem={problem} />
      <button className="button secondary" type="submit" aria-busy={pending}>
        {t('factors:enroll.not_now')}
      </button>
    </form>
  )
}

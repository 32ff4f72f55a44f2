import { FormProblem } from '../../forms/submit.tsx'
import { useSubmit } from '../../forms/use-submit.ts'
import { useTexts } from '../../i18n.ts'
import type { Send } from '../actions.ts'

/** Whoever remembers it after all. */
export function BackToPassword({ send }: { send: Send }) {
  const { t } = useTexts()
  const { problem, pending, onSubmit } = useSubmit(() => send('reset-cancel', {}))
  return (
    <form className="stack" onSubmit={onSubmit} noValidate>
      <FormProblem problem={problem} />
      <button className="button quiet" type="submit" aria-busy={pending}>
        {t('password:back')}
      </button>
    </form>
  )
}

import { FormProblem } from '../forms/submit.tsx'
import { useSubmit } from '../forms/use-submit.ts'
import { useTexts } from '../i18n.ts'
import type { ScreenProps } from './actions.ts'

/** The way to a new password, where the organization wants one. */
export function ForgotPassword({ step, send }: Pick<ScreenProps<'first_factor'>, 'step' | 'send'>) {
  const { t } = useTexts()
  const { problem, pending, onSubmit } = useSubmit(() => send('reset', {}))
  if (!step.canReset) return null
  return (
    <form className="stack" onSubmit={onSubmit} noValidate>
      <FormProblem problem={problem} />
      <button className="button quiet" type="submit" aria-busy={pending}>
        {t('password:forgot')}
      </button>
    </form>
  )
}

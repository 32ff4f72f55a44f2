import { standardSchemaResolver } from '@hookform/resolvers/standard-schema'
import { type PasswordSetup, passwordSetupSchema } from '@vestibule/shared/password-rules.ts'
import { useState } from 'react'
import { useForm, useWatch } from 'react-hook-form'
import { PasswordField } from '../../forms/password-field.tsx'
import { useProblemText } from '../../forms/problem-text.ts'
import { Submit } from '../../forms/submit.tsx'
import { useTexts } from '../../i18n.ts'
import { asProblem, type ProblemAnswer } from '../../problem-answer.ts'
import { useTitle } from '../../ui/use-title.ts'
import { call } from '../api.ts'
import { Rules } from './rules.tsx'

type Props = { token: string; place: string; onDone: (loginName: string) => void; onBadLink: () => void }

/** The new password, with the same schema the server uses. It is not asked twice: the button that shows it confirms it. */
export function PasswordForm({ token, place, onDone, onBadLink }: Props) {
  const { t } = useTexts()
  const text = useProblemText()
  const [problem, setProblem] = useState<ProblemAnswer | null>(null)
  const { register, handleSubmit, control, formState } = useForm<PasswordSetup>({
    resolver: standardSchemaResolver(passwordSetupSchema),
    defaultValues: { token, newPassword: '' },
  })
  const newPassword = useWatch({ control, name: 'newPassword' })
  const submit = handleSubmit(async (body) => {
    setProblem(null)
    try {
      onDone((await call('post /api/password-setup', { body })).loginName)
    } catch (error) {
      const answer = asProblem(error)
      if (answer.code === 'code_invalid') onBadLink()
      else setProblem(answer)
    }
  })
  const error = formState.errors.newPassword ? t('account:setup.unmet') : text.field(problem, 'newPassword')
  useTitle(t('account:setup.heading'), place, error !== null || problem !== null)

  return (
    <form className="stack" noValidate onSubmit={(event) => void submit(event)}>
      <PasswordField
        {...register('newPassword')}
        label={t('account:setup.label')}
        autoComplete="new-password"
        pending={formState.isSubmitting}
        error={error}
        required
      />
      <Rules password={newPassword} />
      <Submit pending={formState.isSubmitting} problem={error ? null : problem}>
        {t('account:setup.submit')}
      </Submit>
    </form>
  )
}

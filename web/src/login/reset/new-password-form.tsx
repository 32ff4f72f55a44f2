import type { PasswordRules } from '@vestibule/shared/policies/password.ts'
import { isOfNewPassword, NewPasswordField, newPasswordIn } from '../../forms/new-password-field.tsx'
import { Submit } from '../../forms/submit.tsx'
import { useSubmit } from '../../forms/use-submit.ts'
import { useTexts } from '../../i18n.ts'
import type { ProblemAnswer } from '../../problem-answer.ts'
import { useTitle } from '../../ui/use-title.ts'

type Chosen = { newPassword: string; endOtherSessions: boolean }
type Props = {
  loginName: string
  rules: PasswordRules
  /** For the title of the page. */
  heading: string
  place: string
  onChosen: (chosen: Chosen) => Promise<ProblemAnswer | null>
}

/** A new password after a reset, with the rules that the server goes by. */
export function NewPasswordForm({ loginName, rules, heading, place, onChosen }: Props) {
  const { t } = useTexts()
  const { problem, pending, onSubmit } = useSubmit(async (form) => {
    const newPassword = newPasswordIn(form, rules)
    if (typeof newPassword !== 'string') return newPassword
    return onChosen({ newPassword, endOtherSessions: form.get('endOtherSessions') === 'on' })
  })
  useTitle(heading, place, problem !== null)

  return (
    <form className="stack" onSubmit={onSubmit} noValidate>
      {/* Password managers save the pair, and need both halves in one form. */}
      <input type="text" name="identifier" autoComplete="username" value={loginName} readOnly hidden />
      <NewPasswordField rules={rules} pending={pending} problem={problem} />
      <label className="check">
        <input type="checkbox" name="endOtherSessions" defaultChecked />
        <span>{t('password:choose.elsewhere')}</span>
        <small>{t('password:choose.elsewhere_hint')}</small>
      </label>
      <Submit pending={pending} problem={isOfNewPassword(problem) ? null : problem}>
        {t('password:choose.submit')}
      </Submit>
    </form>
  )
}

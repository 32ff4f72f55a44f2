import type { PasswordRules } from '@vestibule/shared/policies/password.ts'
import { isOfNewPassword, NewPasswordField, newPasswordIn } from '../../forms/new-password-field.tsx'
import { Submit } from '../../forms/submit.tsx'
import { useSubmit } from '../../forms/use-submit.ts'
import { useTexts } from '../../i18n.ts'
import { asProblem } from '../../problem-answer.ts'
import { useTitle } from '../../ui/use-title.ts'
import { call } from '../api.ts'

type Props = {
  token: string
  loginName: string
  rules: PasswordRules
  place: string
  onDone: (done: { loginName: string; signIn: string }) => void
  onBadLink: () => void
}

/** The new password, with the rules that the server goes by. */
export function PasswordForm({ token, loginName, rules, place, onDone, onBadLink }: Props) {
  const { t } = useTexts()
  const { problem, pending, onSubmit } = useSubmit(async (form) => {
    const newPassword = newPasswordIn(form, rules)
    if (typeof newPassword !== 'string') return newPassword
    try {
      onDone(await call('post /api/password-setup', { body: { token, newPassword } }))
    } catch (error) {
      const answer = asProblem(error)
      if (answer.code !== 'code_invalid') return answer
      onBadLink()
    }
    return null
  })
  useTitle(t('account:setup.heading'), place, problem !== null)

  return (
    <form className="stack" noValidate onSubmit={onSubmit}>
      {/* Password managers save the pair, and need both halves in one form. */}
      <input type="text" name="identifier" autoComplete="username" value={loginName} readOnly hidden />
      <NewPasswordField rules={rules} pending={pending} problem={problem} />
      <Submit pending={pending} problem={isOfNewPassword(problem) ? null : problem}>
        {t('common:new_password.save')}
      </Submit>
    </form>
  )
}

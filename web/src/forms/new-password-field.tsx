import { brokenRules } from '@vestibule/shared/password-rules.ts'
import type { PasswordRules } from '@vestibule/shared/policies/password.ts'
import { useState } from 'react'
import { useTexts } from '../i18n.ts'
import { ProblemAnswer } from '../problem-answer.ts'
import { PasswordChecklist } from './password-checklist.tsx'
import { PasswordField } from './password-field.tsx'
import { useProblemText } from './problem-text.ts'

const NAME = 'newPassword'

type Props = {
  rules: PasswordRules
  pending: boolean
  problem: ProblemAnswer | null
  id?: string
  label?: string
}

/** The field for a new password, with its rules while one types. It is not asked twice: the button that shows it confirms it. */
export function NewPasswordField({ rules, pending, problem, label, ...field }: Props) {
  const { t } = useTexts()
  const text = useProblemText()
  const [typed, setTyped] = useState('')
  return (
    <div className="stack tight">
      <PasswordField
        {...field}
        name={NAME}
        label={label ?? t('common:new_password.label')}
        autoComplete="new-password"
        maxLength={1024}
        pending={pending}
        error={text.field(problem, NAME)}
        onInput={(event) => setTyped(event.currentTarget.value)}
        required
      />
      <PasswordChecklist password={typed} rules={rules} />
    </div>
  )
}

/** What was typed, or what the rules of the page find wrong with it already: the server is not asked then. */
export function newPasswordIn(form: FormData, rules: PasswordRules): string | ProblemAnswer {
  const password = String(form.get(NAME))
  const broken = password === '' ? (['required'] as const) : brokenRules(password, rules)
  return broken.length > 0 ? new ProblemAnswer({ code: 'invalid_input', fields: { [NAME]: [...broken] } }) : password
}

/** Whether a problem stands beside the field already. */
export const isOfNewPassword = (problem: ProblemAnswer | null): boolean => (problem?.fields[NAME] ?? []).length > 0

import type { ReactNode, Ref } from 'react'
import { CodeField, codeIn, isOfCode } from '../forms/code-field.tsx'
import { Submit } from '../forms/submit.tsx'
import { useSubmit } from '../forms/use-submit.ts'
import { useTexts } from '../i18n.ts'
import type { ProblemAnswer } from '../problem-answer.ts'

type Props = {
  label: string
  of?: 'digits' | 'signs'
  /** What the button says; "Continue" where nothing else is said. */
  submit?: string
  /** With the form, for what else is in it. */
  onCode: (code: string, form: FormData) => Promise<ProblemAnswer | null>
  form?: Ref<HTMLFormElement>
  children?: ReactNode
}

/** One code, and what is done with it. */
export function CodeForm({ label, of = 'digits', submit, onCode, form, children }: Props) {
  const { t } = useTexts()
  const { problem, pending, onSubmit } = useSubmit(async (data) => {
    const code = codeIn(data)
    return typeof code === 'string' ? onCode(code, data) : code
  })
  return (
    <form className="stack" onSubmit={onSubmit} ref={form} noValidate>
      <CodeField label={label} of={of} problem={problem} />
      {children}
      <Submit pending={pending} problem={isOfCode(problem) ? null : problem}>
        {submit ?? t('factors:check.submit')}
      </Submit>
    </form>
  )
}

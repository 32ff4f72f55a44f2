import { Field } from '../forms/field.tsx'
import { useProblemText } from '../forms/problem-text.ts'
import { FormProblem } from '../forms/submit.tsx'
import { useSubmit } from '../forms/use-submit.ts'
import { useTexts } from '../i18n.ts'
import type { ProblemAnswer } from '../problem-answer.ts'

type Props = {
  /** What the field asks for, and what it holds at first. */
  label: string
  name: string
  onRename: (label: string | null) => Promise<ProblemAnswer | null>
  onEnd: () => void
}

/** In the place of what it names: what somebody calls it. Nothing typed is the name that everybody knows. */
export function Rename({ label, name, onRename, onEnd }: Props) {
  const { t } = useTexts()
  const text = useProblemText()
  const { problem, pending, onSubmit } = useSubmit(async (form) => {
    const refusal = await onRename(String(form.get('label')).trim() || null)
    if (!refusal) onEnd()
    return refusal
  })
  const error = text.field(problem, 'label')
  return (
    <form className="stack tight" onSubmit={onSubmit} noValidate>
      <Field
        name="label"
        label={label}
        dir="auto"
        autoCapitalize="sentences"
        autoComplete="off"
        defaultValue={name}
        maxLength={60}
        error={error}
        // it took the place of the button that was pressed
        ref={(field) => field?.focus()}
      />
      <FormProblem problem={error ? null : problem} />
      <div className="pair short">
        <button className="button secondary slim" type="button" onClick={onEnd}>
          {t('passkeys:cancel')}
        </button>
        <button className="button primary slim" type="submit" aria-busy={pending}>
          {t('common:save')}
        </button>
      </div>
    </form>
  )
}

import type { OwnPasskey } from '@vestibule/shared/contract/own-passkeys.ts'
import { Field } from '../../forms/field.tsx'
import { useProblemText } from '../../forms/problem-text.ts'
import { FormProblem } from '../../forms/submit.tsx'
import { useSubmit } from '../../forms/use-submit.ts'
import { useTexts } from '../../i18n.ts'
import type { ProblemAnswer } from '../../problem-answer.ts'

type Props = {
  passkey: OwnPasskey
  name: string
  onRename: (label: string | null) => Promise<ProblemAnswer | null>
  onEnd: () => void
}

/** In the place of the card: what the passkey is called. Nothing typed is the name of its model again. */
export function RenamePasskey({ passkey, name, onRename, onEnd }: Props) {
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
        label={t('passkeys:name_label')}
        dir="auto"
        autoCapitalize="sentences"
        autoComplete="off"
        defaultValue={passkey.label ?? name}
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

import type { ReactNode } from 'react'
import { FormProblem } from '../forms/submit.tsx'
import { useSubmit } from '../forms/use-submit.ts'
import { useTexts } from '../i18n.ts'
import type { ProblemAnswer } from '../problem-answer.ts'
import { KeyStickIcon } from '../ui/factor-icons.tsx'
import { hasPasskeys, type NoPasskey } from '../webauthn.ts'

type Props = {
  /** What the button says. */
  submit: string
  /** Prompts for the key, and does what is to be done with it. Out: the problem; null when it went on; why nothing came of the prompt. */
  prompt: (form: FormData) => Promise<ProblemAnswer | NoPasskey | null>
  onNothing: (why: NoPasskey) => void
  children?: ReactNode
}

/** A security key is set up or shown: the browser says the rest. */
export function KeyPrompt({ submit, prompt, onNothing, children }: Props) {
  const { t } = useTexts()
  const { problem, pending, onSubmit } = useSubmit(async (form) => {
    const answer = await prompt(form)
    if (typeof answer !== 'string') return answer
    onNothing(answer)
    return null
  })
  if (!hasPasskeys()) return <p>{t('keys:unsupported')}</p>
  return (
    <form className="stack" onSubmit={onSubmit} noValidate>
      <FormProblem problem={problem} />
      {children}
      <button className="button primary" type="submit" aria-busy={pending}>
        <KeyStickIcon />
        <span>{submit}</span>
      </button>
    </form>
  )
}

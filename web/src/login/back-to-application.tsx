import type { LoginAnswer } from '@vestibule/shared/login-step.ts'
import { FormProblem } from '../forms/submit.tsx'
import { useSubmit } from '../forms/use-submit.ts'
import { useTexts } from '../i18n.ts'
import { Name, Sentence } from '../ui/sentence.tsx'
import { isStepUp, type Send } from './actions.ts'

/** No dead end: back to the application that asked, or to the account page that asks again, without having signed in. */
export function BackToApplication({ answer, send }: { answer: LoginAnswer; send: Send }) {
  const { t } = useTexts()
  const { problem, pending, onSubmit } = useSubmit(() => send('cancel', {}))
  const { application } = answer
  if (!application && !isStepUp(answer)) return null
  return (
    <form className="stack" onSubmit={onSubmit} noValidate>
      <FormProblem problem={problem} />
      <button className="button quiet" type="submit" aria-busy={pending}>
        <span>
          {application ? (
            <Sentence of="login:back_to" parts={{ application: <Name>{application.name}</Name> }} />
          ) : (
            t('login:back_to_account')
          )}
        </span>
      </button>
    </form>
  )
}

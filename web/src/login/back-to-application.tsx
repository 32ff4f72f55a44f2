import type { LoginAnswer } from '@vestibule/shared/login-step.ts'
import { FormProblem } from '../forms/submit.tsx'
import { useSubmit } from '../forms/use-submit.ts'
import { Name, Sentence } from '../ui/sentence.tsx'
import type { Send } from './actions.ts'

/** No dead end: back to the application that asked, without having signed in. */
export function BackToApplication({ answer: { application }, send }: { answer: LoginAnswer; send: Send }) {
  const { problem, pending, onSubmit } = useSubmit(() => send('cancel', {}))
  if (!application) return null
  return (
    <form className="stack" onSubmit={onSubmit} noValidate>
      <FormProblem problem={problem} />
      <button className="button quiet" type="submit" aria-busy={pending}>
        <span>
          <Sentence of="login:back_to" parts={{ application: <Name>{application.name}</Name> }} />
        </span>
      </button>
    </form>
  )
}

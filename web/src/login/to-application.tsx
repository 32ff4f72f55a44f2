import type { LoginAnswer } from '@vestibule/shared/login-step.ts'
import { Name, Sentence } from '../ui/sentence.tsx'

/** "to continue to Ledger": what the person came for. Nothing, when they are on the way to their own account. */
export function ToApplication({ answer: { application } }: { answer: LoginAnswer }) {
  if (!application) return null
  const name = (
    <strong>
      <Name>{application.name}</Name>
    </strong>
  )
  return <Sentence of="login:to_continue_to" parts={{ application: name }} />
}

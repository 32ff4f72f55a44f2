import type { LoginAnswer } from '@vestibule/shared/login-step.ts'
import { InfoIcon } from '../ui/icons.tsx'
import { Name, Sentence } from '../ui/sentence.tsx'
import { placeOf } from './actions.ts'

/** Why this step is here: one line each. */
export function Reasons({ answer }: { answer: LoginAnswer }) {
  return answer.reasons.map((reason) => (
    <p key={reason} className="why">
      <InfoIcon />
      <span>
        <Sentence of={`login:reasons.${reason}`} parts={{ application: <Name>{placeOf(answer)}</Name> }} />
      </span>
    </p>
  ))
}

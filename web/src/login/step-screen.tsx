import type { LoginAnswer } from '@vestibule/shared/login-step.ts'
import type { Leave } from '../leave.ts'
import type { Send } from './actions.ts'
import { ConsentScreen } from './screens/consent.tsx'
import { DeniedScreen } from './screens/denied.tsx'
import { FinishScreen } from './screens/finish.tsx'
import { IdentifyScreen } from './screens/identify.tsx'
import { LockedScreen } from './screens/locked.tsx'
import { PasswordScreen } from './screens/password.tsx'
import { RedirectScreen } from './screens/redirect.tsx'
import { SelectAccountScreen } from './screens/select-account.tsx'

/** The screen of the step. The compiler says when one is missing. */
export function StepScreen({ answer, send, leave }: { answer: LoginAnswer; send: Send; leave: Leave }) {
  const { step } = answer
  switch (step.kind) {
    case 'select_account':
      return <SelectAccountScreen step={step} answer={answer} send={send} />
    case 'identify':
      return <IdentifyScreen step={step} answer={answer} send={send} />
    case 'first_factor':
      return step.lockedFor === null ? (
        <PasswordScreen step={step} answer={answer} send={send} />
      ) : (
        <LockedScreen step={step} answer={answer} send={send} />
      )
    case 'consent':
      return <ConsentScreen step={step} answer={answer} send={send} />
    case 'denied':
      return <DeniedScreen step={step} answer={answer} send={send} />
    case 'complete':
      return <FinishScreen step={step} answer={answer} send={send} />
    case 'redirect':
      return <RedirectScreen step={step} answer={answer} leave={leave} />
  }
}

import type { LoginAnswer } from '@vestibule/shared/login-step.ts'
import { createElement } from 'react'
import type { Leave } from '../leave.ts'
import type { Send } from './actions.ts'
import { isLazyStep, lazyScreen } from './lazy-screens.ts'
import { FinishScreen } from './screens/finish.tsx'
import { IdentifyScreen } from './screens/identify.tsx'
import { LockedScreen } from './screens/locked.tsx'
import { PasswordScreen } from './screens/password.tsx'
import { RedirectScreen } from './screens/redirect.tsx'
import { SelectAccountScreen } from './screens/select-account.tsx'

type Props = { answer: LoginAnswer; send: Send; refresh: () => Promise<unknown>; leave: Leave }

/** The screen of the step. The compiler says when one is missing. */
export function StepScreen({ leave, ...props }: Props) {
  const { answer } = props
  const { step } = answer
  if (isLazyStep(step)) return createElement(lazyScreen(step.kind), { step, ...props })
  switch (step.kind) {
    case 'select_account':
      return <SelectAccountScreen step={step} {...props} />
    case 'identify':
      return <IdentifyScreen step={step} {...props} />
    case 'first_factor':
      return step.lockedFor === null ? (
        <PasswordScreen step={step} {...props} />
      ) : (
        <LockedScreen step={step} {...props} />
      )
    case 'complete':
      return <FinishScreen step={step} {...props} />
    case 'redirect':
      return <RedirectScreen step={step} answer={answer} leave={leave} />
  }
}

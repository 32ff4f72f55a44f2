import type { LoginAnswer } from '@vestibule/shared/login-step.ts'
import { createElement } from 'react'
import type { Leave } from '../leave.ts'
import type { Send } from './actions.ts'
import { lazyScreen } from './lazy-screens.ts'
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
  switch (step.kind) {
    case 'register':
      return createElement(lazyScreen(step.kind), { step, ...props })
    case 'verify_email':
      return createElement(lazyScreen(step.kind), { step, ...props })
    case 'reset_code':
      return createElement(lazyScreen(step.kind), { step, ...props })
    case 'new_password':
      return createElement(lazyScreen(step.kind), { step, ...props })
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
    case 'second_factor':
      return createElement(lazyScreen(step.kind), { step, ...props })
    case 'enroll_second_factor':
      return createElement(lazyScreen(step.kind), { step, ...props })
    case 'recovery_codes':
      return createElement(lazyScreen(step.kind), { step, ...props })
    case 'change_password':
      return createElement(lazyScreen(step.kind), { step, ...props })
    case 'confirm_device':
      return createElement(lazyScreen(step.kind), { step, ...props })
    case 'consent':
      return createElement(lazyScreen(step.kind), { step, ...props })
    case 'denied':
      return createElement(lazyScreen(step.kind), { step, ...props })
    case 'deletion_planned':
      return createElement(lazyScreen(step.kind), { step, ...props })
    case 'complete':
      return <FinishScreen step={step} {...props} />
    case 'redirect':
      return <RedirectScreen step={step} answer={answer} leave={leave} />
  }
}

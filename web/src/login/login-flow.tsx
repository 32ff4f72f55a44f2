import type { LoginAnswer, LoginStepView } from '@vestibule/shared/login-step.ts'
import { useRef } from 'react'
import { useBranding } from '../branding.ts'
import type { Leave } from '../leave.ts'
import type { ProblemAnswer } from '../problem-answer.ts'
import { Hall } from '../ui/hall.tsx'
import { useStepFocus } from '../ui/use-step-focus.ts'
import { AccountChip } from './account-chip.tsx'
import { ErrorScreen } from './screens/error.tsx'
import { StepScreen } from './step-screen.tsx'
import { useBackButton } from './use-back-button.ts'
import { useLogin } from './use-login.ts'

/** Where one is in a flow of known length. Whoever takes a passkey has one step more, and hears of it when it is chosen. */
const FLOWS: LoginStepView['kind'][][] = [
  ['register', 'verify_email'],
  ['register', 'verify_email', 'finish_registration'],
  ['reset_code', 'new_password'],
]
const progressOf = (step: LoginStepView) => {
  const isLonger =
    step.kind === 'register' ? !step.ways.includes('password') : step.kind === 'verify_email' && step.way === 'passkey'
  const flow = FLOWS.find((steps) => steps.includes(step.kind) && !(isLonger && steps.length === 2))
  return flow ? { at: flow.indexOf(step.kind) + 1, of: flow.length } : null
}

/** A pending request, from its first step to the redirect. */
export function LoginFlow({ first, leave }: { first: LoginAnswer; leave: Leave }) {
  const { answer, end, send, refresh } = useLogin(first)
  const card = useRef<HTMLElement>(null)
  const status = useRef<HTMLParagraphElement>(null)
  const { step, branding } = answer
  useBranding(branding)
  useBackButton(step.kind, send, refresh)
  useStepFocus(card, status, end?.code ?? nameOf(step), answer)

  return (
    <Hall branding={branding} entry="login" card={card} progress={end ? null : progressOf(step)}>
      {end ? (
        <ErrorScreen error={endingOf(end)} place={branding.name} />
      ) : (
        <>
          <AccountChip answer={answer} send={send} />
          <StepScreen answer={answer} send={send} refresh={refresh} leave={leave} />
        </>
      )}
      <p className="unseen" role="status" ref={status} />
    </Hall>
  )
}

const endingOf = ({ code, requestId, startAgain }: ProblemAnswer) => ({
  code: code === 'unreachable' ? 'internal' : code,
  requestId,
  at: null,
  startAgain,
})

/** A step that a lock closes is drawn as another one. */
const nameOf = (step: LoginStepView) => (step.kind === 'first_factor' && step.lockedFor !== null ? 'locked' : step.kind)

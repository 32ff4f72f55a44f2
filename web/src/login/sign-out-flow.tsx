import type { signOutRoutes } from '@vestibule/shared/contract/sign-out.ts'
import type { SignedOutView } from '@vestibule/shared/page.ts'
import { useRef, useState } from 'react'
import { createCall } from '../call.ts'
import { asProblem } from '../problem-answer.ts'
import { Hall } from '../ui/hall.tsx'
import { useStepFocus } from '../ui/use-step-focus.ts'
import type { FlowProps } from './lazy-flows.ts'
import { SignOutScreen } from './screens/sign-out.tsx'
import { SignedOutScreen } from './screens/signed-out.tsx'

const call = createCall<typeof signOutRoutes>()

/** The confirmation, and what follows it: the application's registered address, or our own page. */
export function SignOutFlow({ page: { signOut: first, branding }, leave }: FlowProps<'sign_out'>) {
  const [done, setDone] = useState<SignedOutView | null>(null)
  const card = useRef<HTMLElement>(null)
  const status = useRef<HTMLParagraphElement>(null)
  useStepFocus(card, status, done ? 'signed_out' : 'sign_out', done)

  const send = async (session: string) => {
    try {
      const { redirect, remaining } = await call('post /api/sign-out/{request}', {
        params: { request: first.request },
        body: { session },
      })
      if (redirect) leave({ to: redirect })
      else setDone({ application: first.application, again: first.again, remaining, frames: [], next: null })
      return null
    } catch (error) {
      return asProblem(error)
    }
  }

  return (
    <Hall branding={branding} entry="login" card={card}>
      {done ? (
        <SignedOutScreen signedOut={done} place={branding.name} leave={leave} />
      ) : (
        <SignOutScreen signOut={first} place={branding.name} onSubmit={send} />
      )}
      <p className="unseen" role="status" ref={status} />
    </Hall>
  )
}

/** Where somebody arrives who was signed out without being asked. */
export const SignedOut = ({ page: { signedOut, branding }, leave }: FlowProps<'signed_out'>) => (
  <Hall branding={branding} entry="login">
    <SignedOutScreen signedOut={signedOut} place={branding.name} leave={leave} />
  </Hall>
)

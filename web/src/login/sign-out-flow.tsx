import type { BrandingView } from '@vestibule/shared/branding.ts'
import type { signOutRoutes } from '@vestibule/shared/contract/sign-out.ts'
import type { SignedOutView, SignOutView } from '@vestibule/shared/page.ts'
import { useRef, useState } from 'react'
import { createCall } from '../call.ts'
import type { Leave } from '../leave.ts'
import { asProblem } from '../problem-answer.ts'
import { Hall } from '../ui/hall.tsx'
import { useStepFocus } from '../ui/use-step-focus.ts'
import { SignOutScreen } from './screens/sign-out.tsx'
import { SignedOutScreen } from './screens/signed-out.tsx'

const call = createCall<typeof signOutRoutes>()

/** The confirmation, and what follows it: the application's registered address, or our own page. */
export function SignOutFlow({ first, branding, leave }: { first: SignOutView; branding: BrandingView; leave: Leave }) {
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
      else setDone({ application: first.application, remaining, frames: [], next: null })
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

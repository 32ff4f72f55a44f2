import type { LoginAnswer } from '@vestibule/shared/login-step.ts'
import { type ComponentType, lazy, Suspense } from 'react'
import type { Send } from './actions.ts'

export type PasskeyProps = {
  answer: LoginAnswer
  send: Send
  /** The page has a field beside which the browser may offer passkeys by itself. */
  besideField?: boolean
  staySignedIn?: () => boolean
}

/** Where it can not be fetched every other way is still there. */
const Button = lazy<ComponentType<PasskeyProps>>(() =>
  import('./passkey-button.tsx').catch(() => ({ default: () => null })),
)

/** The way in by a passkey, in browsers that have them. Its place is kept while it is fetched. */
export function PasskeyWay(props: PasskeyProps) {
  if (typeof PublicKeyCredential !== 'function') return null
  return (
    <Suspense fallback={<span className="button secondary" aria-hidden="true" />}>
      <Button {...props} />
    </Suspense>
  )
}

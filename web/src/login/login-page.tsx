import type { LoginEntryPage } from '@vestibule/shared/page.ts'
import { createElement } from 'react'
import { type Leave, leave as leaveByBrowser } from '../leave.ts'
import { Hall } from '../ui/hall.tsx'
import { lazyFlow } from './lazy-screens.ts'
import { LoginFlow } from './login-flow.tsx'
import { ErrorScreen } from './screens/error.tsx'
import { SignedOutScreen } from './screens/signed-out.tsx'
import { SignOutFlow } from './sign-out-flow.tsx'

/** The page that the server wrote. `leave` is where the browser goes away, so that a test can watch it. */
export function LoginPage({ page, leave = leaveByBrowser }: { page: LoginEntryPage; leave?: Leave }) {
  switch (page.kind) {
    case 'login':
      return <LoginFlow first={page.answer} leave={leave} />
    case 'verify':
    case 'reset':
      return createElement(lazyFlow(page.kind), { fragment: location.hash, branding: page.branding, leave })
    case 'device':
      return createElement(lazyFlow('device'), { fragment: '', branding: page.branding, leave, device: page.device })
    case 'sign_out':
      return <SignOutFlow first={page.signOut} branding={page.branding} leave={leave} />
    case 'signed_out':
      return (
        <Hall branding={page.branding} entry="login">
          <SignedOutScreen signedOut={page.signedOut} place={page.branding.name} leave={leave} />
        </Hall>
      )
    case 'error':
      return (
        <Hall branding={page.branding} entry="login">
          <ErrorScreen error={page.error} place={page.branding.name} />
        </Hall>
      )
  }
}

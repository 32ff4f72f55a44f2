import type { LoginEntryPage } from '@vestibule/shared/page.ts'
import { createElement } from 'react'
import { type Leave, leave as leaveByBrowser } from '../leave.ts'
import { Hall } from '../ui/hall.tsx'
import { isLazyPage, lazyFlow } from './lazy-flows.ts'
import { LoginFlow } from './login-flow.tsx'
import { ErrorScreen } from './screens/error.tsx'

/** The page that the server wrote. `leave` is where the browser goes away, so that a test can watch it. */
export function LoginPage({ page, leave = leaveByBrowser }: { page: LoginEntryPage; leave?: Leave }) {
  if (isLazyPage(page)) return createElement(lazyFlow(page.kind), { page, leave })
  switch (page.kind) {
    case 'login':
      return <LoginFlow first={page.answer} leave={leave} />
    case 'error':
      return (
        <Hall branding={page.branding} entry="login">
          <ErrorScreen error={page.error} place={page.branding.name} />
        </Hall>
      )
  }
}

import type { LoginStepView } from '@vestibule/shared/login-step.ts'
import { useEffect, useRef } from 'react'
import type { Send } from './actions.ts'

type Kind = LoginStepView['kind']
const isKind = (state: unknown): state is { step: Kind } =>
  typeof state === 'object' && state !== null && 'step' in state

const isResetting = (kind: Kind | null) => kind === 'reset_code' || kind === 'new_password'

/**
 * Mirrors the steps in the browser's history, so that Back leads from the password to the identifier and not out of the page. The
 * address stays the same and the entries hold a name only: where Back really leads, the server says.
 */
export function useBackButton(kind: Kind, send: Send, refresh: () => Promise<unknown>) {
  const drawn = useRef<Kind | null>(null)
  const goingBack = useRef(false)

  useEffect(() => {
    const isNew = drawn.current !== null && drawn.current !== kind
    // What passes by itself is no place to come back to.
    const isPassage = kind === 'complete' || kind === 'redirect'
    if (isNew && !goingBack.current && !isPassage) history.pushState({ step: kind }, '')
    else if (!isPassage) history.replaceState({ step: kind }, '')
    drawn.current = kind
    goingBack.current = false
  }, [kind])

  useEffect(() => {
    const onPop = ({ state }: PopStateEvent) => {
      if (!isKind(state) || state.step === drawn.current) return
      goingBack.current = true
      if (state.step === 'identify' || state.step === 'select_account')
        void send('restart', { fresh: state.step === 'identify' })
      else if (state.step === 'register' && drawn.current === 'verify_email') void send('registration-change', {})
      else if (state.step === 'first_factor' && isResetting(drawn.current)) void send('reset-cancel', {})
      else void refresh()
    }
    // Out of the back-forward cache comes a page that knows nothing of what happened since.
    const onShow = (event: PageTransitionEvent) => {
      if (event.persisted) void refresh()
    }
    addEventListener('popstate', onPop)
    addEventListener('pageshow', onShow)
    return () => {
      removeEventListener('popstate', onPop)
      removeEventListener('pageshow', onShow)
    }
  }, [send, refresh])
}

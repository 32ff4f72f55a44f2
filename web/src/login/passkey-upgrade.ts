import type { LoginStepView } from '@vestibule/shared/login-step.ts'
import { createByItself } from '../webauthn.ts'

export type Upgrade = NonNullable<Extract<LoginStepView, { kind: 'redirect' }>['upgrade']>

/**
 * Lets the browser make a passkey by itself, on the way out. Nobody is told when nothing comes of it. What was made is sent by a request that outlives
 * the page, so that nobody waits for its answer.
 */
export async function upgrade({ session, options }: Upgrade): Promise<void> {
  const credential = await createByItself(options)
  if (!credential) return
  const headers = { accept: 'application/json', 'content-type': 'application/json' }
  const body = JSON.stringify({ session, credential })
  void fetch('/api/passkey-upgrade', { method: 'POST', keepalive: true, headers, body }).catch(() => undefined)
}

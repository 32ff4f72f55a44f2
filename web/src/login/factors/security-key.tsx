import type { keyOptionsRoutes } from '@vestibule/shared/contract/login-security-key.ts'
import type { ReactNode } from 'react'
import { createCall } from '../../call.ts'
import { KeyPrompt } from '../../factors/key-prompt.tsx'
import { useTexts } from '../../i18n.ts'
import { asProblem } from '../../problem-answer.ts'
import { cancelPrompt, createPasskey, findPasskey, type NoPasskey } from '../../webauthn.ts'
import type { Send } from '../actions.ts'
import { isTrusting } from './trust-device.tsx'

const call = createCall<typeof keyOptionsRoutes>()

type Props = {
  use: 'check' | 'setup'
  request: string
  send: Send
  onNothing: (why: NoPasskey) => void
  /** What stands above the button. */
  children?: ReactNode
}

/** A key as the second proof, or one that is set up on the way in. */
export function SecurityKey({ use, request, send, onNothing, children }: Props) {
  const { t } = useTexts()
  const works = { check, setup }
  return (
    <KeyPrompt
      submit={t(`keys:${use}.submit`)}
      prompt={(form) => works[use](request, send, isTrusting(form)).catch(asProblem)}
      onNothing={onNothing}
    >
      {children}
    </KeyPrompt>
  )
}

async function check(request: string, send: Send, trustDevice: boolean) {
  // whatever the browser was offering by itself ends before another prompt begins
  await cancelPrompt()
  const { options } = await call('post /api/login/{request}/security-key-options', { params: { request }, body: {} })
  const credential = await findPasskey(options)
  return credential === null ? 'given_up' : send('security-key', { credential, trustDevice })
}

async function setup(request: string, send: Send) {
  const path = 'post /api/login/{request}/enroll-security-key-options'
  const { options } = await call(path, { params: { request }, body: {} })
  const credential = await createPasskey(options)
  return typeof credential === 'string' ? credential : send('enroll-security-key', { credential })
}

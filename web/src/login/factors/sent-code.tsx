import type { SentCodeView } from '@vestibule/shared/login-step.ts'
import { type ReactNode, useRef } from 'react'
import { CodeForm } from '../../factors/code-form.tsx'
import { ResendCode } from '../../forms/resend-code.tsx'
import { Submit } from '../../forms/submit.tsx'
import { useIsOver } from '../../forms/use-is-over.ts'
import { useSubmit } from '../../forms/use-submit.ts'
import { useTexts } from '../../i18n.ts'
import type { Send } from '../actions.ts'
import { useOfferedCode } from '../registration/use-offered-code.ts'
import { isTrusting } from './trust-device.tsx'

type Props = {
  code: SentCodeView
  request: string
  send: Send
  /** What stands between the code and the button. */
  children?: ReactNode
}

/** A code by mail or text message. It leaves when somebody asks for it, and never by itself. */
export function SentCode({ code, request, send, children }: Props) {
  const { t } = useTexts()
  const { method } = code
  const form = useRef<HTMLFormElement>(null)
  const isFilled = useOfferedCode(request, form)
  const isOver = useIsOver(code)
  const askFor = useSubmit(() => send('second-code-send', { method }))
  if (!code.isSent)
    return (
      <form className="stack" onSubmit={askFor.onSubmit} noValidate>
        <Submit pending={askFor.pending} problem={askFor.problem}>
          {t('factors:sent.send')}
        </Submit>
      </form>
    )
  return (
    <>
      <CodeForm
        label={t('factors:sent.label')}
        onCode={(typed, data) => send('second-code', { method, code: typed, trustDevice: isTrusting(data) })}
        form={form}
      >
        <p role="status" className="hint">
          {isFilled && t('registration:code.filled')}
        </p>
        {children}
      </CodeForm>
      <p className="soft" aria-live="polite">
        {isOver
          ? t('factors:sent.over')
          : t('registration:code.lives', { count: Math.max(1, Math.round(code.endsIn / 60)) })}
      </p>
      <ResendCode step={code} onResend={() => send('second-code-send', { method })} />
    </>
  )
}

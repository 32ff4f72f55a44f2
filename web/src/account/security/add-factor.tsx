import type { OwnFactors } from '@vestibule/shared/contract/own-factors.ts'
import type { SecondFactor } from '@vestibule/shared/factors.ts'
import type { SentCodeView } from '@vestibule/shared/login-step.ts'
import { useEffect, useRef } from 'react'
import { CodeForm } from '../../factors/code-form.tsx'
import { TotpSetup } from '../../factors/totp-setup.tsx'
import { ResendCode } from '../../forms/resend-code.tsx'
import { Submit } from '../../forms/submit.tsx'
import { useSubmit } from '../../forms/use-submit.ts'
import { useTexts } from '../../i18n.ts'
import { Address, Sentence } from '../../ui/sentence.tsx'
import { call } from '../api.ts'
import { OwnKey } from './own-key.tsx'
import type { SendFactors } from './security-page.tsx'

type Props = { type: SecondFactor; factors: OwnFactors; send: SendFactors; onDone: () => void }

/** One factor is set up here. The heading takes the focus, because what was pressed is gone. */
export function AddFactor({ type, factors, send, onDone }: Props) {
  const { t } = useTexts()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  const code = factors.codes.find(({ method }) => method === type)
  const confirm: SendFactors = async (work) => {
    const problem = await send(work, (say) => say('security:own.was_added', { name: say(`factors:names.${type}`) }))
    if (!problem) onDone()
    return problem
  }
  return (
    <div className="body stack">
      <h3 ref={heading} tabIndex={-1}>
        {type === 'totp' && t('factors:setup.heading')}
        {type === 'security_key' && t('keys:setup.heading')}
        {code && t(`factors:names.${code.method}`)}
      </h3>
      {type === 'totp' && factors.totp && (
        <>
          <p className="soft">{t('factors:setup.lead')}</p>
          <TotpSetup
            setup={factors.totp}
            onCode={(typed) => confirm(call('post /api/me/factors/totp-code', { body: { code: typed } }))}
          />
        </>
      )}
      {code && <OwnCode code={code} send={send} confirm={confirm} />}
      {type === 'security_key' && <OwnKey confirm={confirm} />}
      <p>
        <button className="button quiet slim flush" type="button" onClick={onDone}>
          {t('security:own.cancel')}
        </button>
      </p>
    </div>
  )
}

/** A code by mail or text message, that shows that it arrives. */
function OwnCode({ code, send, confirm }: { code: SentCodeView; send: SendFactors; confirm: SendFactors }) {
  const { t } = useTexts()
  const { method } = code
  const sendCode = () => send(call('post /api/me/factors/code-send', { body: { method } }))
  const askFor = useSubmit(sendCode)
  return (
    <>
      <p className="soft">
        <Sentence
          of={`factors:sent.${code.isSent ? 'lead' : 'lead_before'}`}
          parts={{ to: <Address>{code.to}</Address> }}
        />
      </p>
      {code.isSent ? (
        <>
          <CodeForm
            label={t('factors:sent.label')}
            onCode={(typed) => confirm(call('post /api/me/factors/code', { body: { method, code: typed } }))}
          />
          <ResendCode step={code} onResend={sendCode} />
        </>
      ) : (
        <form className="stack" onSubmit={askFor.onSubmit} noValidate>
          <Submit pending={askFor.pending} problem={askFor.problem}>
            {t('factors:sent.send')}
          </Submit>
        </form>
      )}
    </>
  )
}

import type { SecondMethod } from '@vestibule/shared/factors.ts'
import { useState } from 'react'
import { CodeForm } from '../../factors/code-form.tsx'
import { MethodList } from '../../factors/method-list.tsx'
import { NoKey } from '../../factors/no-key.tsx'
import { useTexts } from '../../i18n.ts'
import { fromNow } from '../../ui/from-now.ts'
import { Head } from '../../ui/head.tsx'
import { LockIcon } from '../../ui/icons.tsx'
import { Address, Sentence } from '../../ui/sentence.tsx'
import { useTitle } from '../../ui/use-title.ts'
import { placeOf, type ScreenProps } from '../actions.ts'
import { BackToApplication } from '../back-to-application.tsx'
import { SecurityKey } from '../factors/security-key.tsx'
import { SentCode } from '../factors/sent-code.tsx'
import { isTrusting, TrustDevice } from '../factors/trust-device.tsx'
import { PasskeyWay } from '../passkey-way.tsx'
import { Reasons } from '../reasons.tsx'

type Props = ScreenProps<'second_factor'>

/** One more proof. The way that was used last is shown first, the others one press away. */
export function SecondFactorScreen({ step, answer, send }: Props) {
  const { t, locale } = useTexts()
  const { methods, lockedFor } = step
  const [first] = methods
  // a code that is on its way is what the person waits for
  const awaited = step.codes.find(({ isSent }) => isSent)?.method
  const [chosen, setChosen] = useState<SecondMethod | null>(awaited ?? first ?? null)
  const method = chosen !== null && methods.includes(chosen) ? chosen : null
  const [isGivenUp, setGivenUp] = useState(false)
  const choose = (next: SecondMethod | null, afterPrompt = false) => {
    setGivenUp(afterPrompt)
    setChosen(next)
  }
  // everything else that can be done is shown, where there is something else
  const giveUp = () => choose(methods.length > 1 ? null : chosen, true)
  const heading = t('factors:check.heading')
  useTitle(heading, placeOf(answer), false)

  return (
    <>
      <Head key={method} takesFocus={method !== first} heading={heading} lead={<Lead step={step} method={method} />}>
        <Reasons answer={answer} />
        {lockedFor !== null && (
          <p className="why">
            <LockIcon />
            <span>{t('factors:check.locked', { when: fromNow(locale, lockedFor) })}</span>
          </p>
        )}
      </Head>
      <div className="stack">
        <NoKey why={isGivenUp ? t('keys:check.given_up') : null} />
        {method === null ? (
          <MethodList methods={methods} onChoose={choose} />
        ) : (
          <Check method={method} step={step} answer={answer} send={send} onGivenUp={giveUp} />
        )}
        {method !== null && methods.length > 1 && (
          <button className="button quiet" type="button" onClick={() => choose(null)}>
            {t('factors:check.other')}
          </button>
        )}
        <BackToApplication answer={answer} send={send} />
      </div>
    </>
  )
}

function Lead({ step, method }: Pick<Props, 'step'> & { method: SecondMethod | null }) {
  const { t } = useTexts()
  const code = step.codes.find((one) => one.method === method)
  if (code)
    return (
      <Sentence
        of={`factors:sent.${code.isSent ? 'lead' : 'lead_before'}`}
        parts={{ to: <Address>{code.to}</Address> }}
      />
    )
  if (method === 'totp') return t('factors:totp.lead')
  if (method === 'passkey') return t('passkeys:device_asks')
  if (method === 'security_key') return t('keys:check.lead')
  if (method === 'recovery_code') return t('factors:recovery.lead')
  return step.methods.length > 0 ? t('factors:check.choose') : null
}

type CheckProps = Pick<Props, 'step' | 'answer' | 'send'> & { method: SecondMethod; onGivenUp: () => void }

function Check({ method, step, answer, send, onGivenUp }: CheckProps) {
  const { t } = useTexts()
  const code = step.codes.find((one) => one.method === method)
  const trust = <TrustDevice seconds={step.trustFor} />
  if (code)
    return (
      <SentCode code={code} request={answer.request} send={send}>
        {trust}
      </SentCode>
    )
  if (method === 'totp')
    return (
      <CodeForm
        label={t('factors:totp.label')}
        onCode={(typed, form) => send('totp', { code: typed, trustDevice: isTrusting(form) })}
      >
        {trust}
      </CodeForm>
    )
  if (method === 'recovery_code')
    return (
      <CodeForm
        label={t('factors:recovery.label')}
        of="signs"
        onCode={(typed) => send('recovery-code', { code: typed })}
      />
    )
  if (method === 'passkey') return <PasskeyWay answer={answer} send={send} />
  if (method === 'security_key')
    return (
      <SecurityKey use="check" request={answer.request} send={send} onNothing={onGivenUp}>
        {trust}
      </SecurityKey>
    )
  return null
}

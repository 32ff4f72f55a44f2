import type { SecondMethod } from '@vestibule/shared/factors.ts'
import { type ReactNode, useState } from 'react'
import { MethodList } from '../../factors/method-list.tsx'
import { NoKey } from '../../factors/no-key.tsx'
import { TotpSetup } from '../../factors/totp-setup.tsx'
import { FormProblem } from '../../forms/submit.tsx'
import { useTexts } from '../../i18n.ts'
import type { ProblemAnswer } from '../../problem-answer.ts'
import { Head } from '../../ui/head.tsx'
import { Address, Sentence } from '../../ui/sentence.tsx'
import { useTitle } from '../../ui/use-title.ts'
import type { NoPasskey } from '../../webauthn.ts'
import { placeOf, type ScreenProps } from '../actions.ts'
import { BackToApplication } from '../back-to-application.tsx'
import { NotNow } from '../factors/not-now.tsx'
import { SecurityKey } from '../factors/security-key.tsx'
import { SentCode } from '../factors/sent-code.tsx'
import { Reasons } from '../reasons.tsx'

type Props = ScreenProps<'enroll_second_factor'>
type Part = { heading: string; lead: ReactNode; body: ReactNode }

/** A second factor is set up on the way in: because it must be, or because it may be. */
export function EnrollSecondFactorScreen({ step, answer, send }: Props) {
  const { t } = useTexts()
  const [problem, setProblem] = useState<ProblemAnswer | null>(null)
  const [chosen, setChosen] = useState<SecondMethod | null>(() => inProgress(step))
  const [nothing, setNothing] = useState<NoPasskey | null>(null)
  const [hasTurned, setTurned] = useState(false)
  const turnTo = (method: SecondMethod | null, why: NoPasskey | null = null) => {
    setNothing(why)
    setTurned(true)
    setChosen(method)
  }
  const choose = async (method: SecondMethod) => {
    const refusal = method === 'totp' ? await send('enroll-totp', {}) : null
    setProblem(refusal)
    if (!refusal) turnTo(method)
  }
  const choice: Part = {
    heading: t('factors:enroll.heading'),
    lead: t('factors:enroll.lead'),
    body: (
      <>
        <FormProblem problem={problem} />
        <MethodList methods={step.methods} onChoose={(method) => void choose(method)} />
      </>
    ),
  }
  // a prompt that ended with nothing leads back to everything else there is
  const onNothing = (why: NoPasskey) => turnTo(step.methods.length > 1 ? null : chosen, why)
  const part = usePart({ step, answer, send, onNothing }, chosen) ?? choice
  useTitle(part.heading, placeOf(answer), problem !== null)

  return (
    <>
      <Head key={chosen} takesFocus={hasTurned || part !== choice} heading={part.heading} lead={part.lead}>
        <Reasons answer={answer} />
      </Head>
      <div className="stack">
        <NoKey why={nothing && t(`keys:setup.${nothing}`)} />
        {part.body}
        {part !== choice && step.methods.length > 1 && (
          <button className="button quiet" type="button" onClick={() => turnTo(null)}>
            {t('factors:check.other')}
          </button>
        )}
        {step.canSkip && <NotNow send={send} />}
        <BackToApplication answer={answer} send={send} />
      </div>
    </>
  )
}

/** What was begun before the page was loaded again. */
const inProgress = ({ totp, codes }: Props['step']): SecondMethod | null =>
  codes.find(({ isSent }) => isSent)?.method ?? (totp ? 'totp' : null)

type PartProps = Pick<Props, 'step' | 'answer' | 'send'> & { onNothing: (why: NoPasskey) => void }

/** The set-up of one factor; null where none is chosen. */
function usePart({ step, answer, send, onNothing }: PartProps, method: SecondMethod | null): Part | null {
  const { t } = useTexts()
  const code = step.codes.find((one) => one.method === method)
  if (code)
    return {
      heading: t(`factors:names.${code.method}`),
      lead: (
        <Sentence
          of={`factors:sent.${code.isSent ? 'lead' : 'lead_before'}`}
          parts={{ to: <Address>{code.to}</Address> }}
        />
      ),
      body: <SentCode code={code} request={answer.request} send={send} />,
    }
  if (method === 'security_key')
    return {
      heading: t('keys:setup.heading'),
      lead: t('keys:setup.lead'),
      body: <SecurityKey use="setup" request={answer.request} send={send} onNothing={onNothing} />,
    }
  if (method !== 'totp' || !step.totp) return null
  return {
    heading: t('factors:setup.heading'),
    lead: t('factors:setup.lead'),
    body: <TotpSetup setup={step.totp} onCode={(typed) => send('enroll-totp-code', { code: typed })} />,
  }
}

import { useRef } from 'react'
import { CodeField, codeIn, isOfCode } from '../../forms/code-field.tsx'
import { ResendCode } from '../../forms/resend-code.tsx'
import { FormProblem, Submit } from '../../forms/submit.tsx'
import { useIsOver } from '../../forms/use-is-over.ts'
import { useSubmit } from '../../forms/use-submit.ts'
import { useTexts } from '../../i18n.ts'
import { Head } from '../../ui/head.tsx'
import { Address, Sentence } from '../../ui/sentence.tsx'
import { useTitle } from '../../ui/use-title.ts'
import { placeOf, type ScreenProps } from '../actions.ts'
import { BackToApplication } from '../back-to-application.tsx'
import { passkeyAbility } from '../passkey-ability.ts'
import { useOfferedCode } from '../registration/use-offered-code.ts'

/** Asks for the code that was sent to the address of somebody who registers. */
export function VerifyEmailScreen({ step, answer, send }: ScreenProps<'verify_email'>) {
  const { t } = useTexts()
  const form = useRef<HTMLFormElement>(null)
  const { problem, pending, onSubmit } = useSubmit(async (data) => {
    const code = codeIn(data)
    if (typeof code !== 'string') return code
    const { keepsPasskeys } = await passkeyAbility()
    return send('email-code', { code, keepsPasskeys })
  })
  const change = useSubmit(() => send('registration-change', {}))
  const isFilled = useOfferedCode(answer.request, form)
  const isOver = useIsOver(step)
  const heading = t('registration:code.heading')
  useTitle(heading, placeOf(answer), problem !== null)

  return (
    <>
      <Head
        heading={heading}
        lead={<Sentence of="registration:code.lead" parts={{ email: <Address>{step.email}</Address> }} />}
      >
        <p className="soft" aria-live="polite">
          {isOver
            ? t('registration:code.over')
            : t('registration:code.lives', { count: Math.max(1, Math.round(step.endsIn / 60)) })}
        </p>
      </Head>
      <div className="stack">
        <form className="stack" onSubmit={onSubmit} ref={form} noValidate>
          <CodeField label={t('registration:code.label')} of="digits" problem={problem} />
          <p role="status" className="hint">
            {isFilled && t('registration:code.filled')}
          </p>
          <Submit pending={pending} problem={isOfCode(problem) ? null : problem}>
            {t('registration:code.submit')}
          </Submit>
        </form>
        <ResendCode step={step} onResend={() => send('email-code-resend', {})} />
        <form className="stack tight" onSubmit={change.onSubmit} noValidate>
          <FormProblem problem={change.problem} />
          <p className="ask small">
            <span className="soft">{t('registration:code.wrong_address')}</span>
            <button className="button quiet slim flush" type="submit" aria-busy={change.pending}>
              {t('registration:code.change')}
            </button>
          </p>
        </form>
        <BackToApplication answer={answer} send={send} />
      </div>
    </>
  )
}

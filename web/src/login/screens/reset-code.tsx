import { useEffect } from 'react'
import { CodeField, codeIn, isOfCode } from '../../forms/code-field.tsx'
import { ResendCode } from '../../forms/resend-code.tsx'
import { Submit } from '../../forms/submit.tsx'
import { useIsOver } from '../../forms/use-is-over.ts'
import { useSubmit } from '../../forms/use-submit.ts'
import { useTexts } from '../../i18n.ts'
import { Head } from '../../ui/head.tsx'
import { useTitle } from '../../ui/use-title.ts'
import { placeOf, type ScreenProps } from '../actions.ts'
import { BackToPassword } from '../reset/back-to-password.tsx'
import { onOtherTabs } from '../reset/other-tabs.ts'

/** Asks for the code of a reset. Whether one was sent, and where to, is said to nobody: the page is the same for every name. */
export function ResetCodeScreen({ step, answer, send, refresh }: ScreenProps<'reset_code'>) {
  const { t } = useTexts()
  const { problem, pending, onSubmit } = useSubmit(async (form) => {
    const code = codeIn(form)
    return typeof code === 'string' ? send('reset-code', { code }) : code
  })
  useEffect(() => onOtherTabs(answer.request, () => void refresh()), [answer.request, refresh])
  const isOver = useIsOver(step)
  const heading = t('password:code.heading')
  useTitle(heading, placeOf(answer), problem !== null)

  return (
    <>
      <Head heading={heading} lead={t('password:code.lead')}>
        <p className="soft" aria-live="polite">
          {isOver
            ? t('password:code.over')
            : t('password:code.lives', { count: Math.max(1, Math.round(step.endsIn / 60)) })}
        </p>
      </Head>
      <div className="stack">
        <form className="stack" onSubmit={onSubmit} noValidate>
          <CodeField label={t('password:code.label')} of="signs" problem={problem} />
          <Submit pending={pending} problem={isOfCode(problem) ? null : problem}>
            {t('password:code.submit')}
          </Submit>
        </form>
        <ResendCode step={step} onResend={() => send('reset', {})} />
        <BackToPassword send={send} />
      </div>
    </>
  )
}

import { Submit } from '../../forms/submit.tsx'
import { useSubmit } from '../../forms/use-submit.ts'
import { useTexts } from '../../i18n.ts'
import { Head } from '../../ui/head.tsx'
import { LockIcon } from '../../ui/icons.tsx'
import { useTitle } from '../../ui/use-title.ts'
import { placeOf, type ScreenProps } from '../actions.ts'
import { BackToApplication } from '../back-to-application.tsx'

/** This account may not come in: why, and what is left to do. */
export function DeniedScreen({ step, answer, send }: ScreenProps<'denied'>) {
  const { t } = useTexts()
  const { problem, pending, onSubmit } = useSubmit(() => send('restart', { fresh: true }))
  const heading = t(`login:denied.heading.${step.reason}`)
  useTitle(heading, placeOf(answer), problem !== null)

  return (
    <>
      <Head icon={<LockIcon />} heading={heading} lead={t(`login:denied.text.${step.reason}`)} />
      <div className="stack">
        <form className="stack" onSubmit={onSubmit} noValidate>
          <Submit pending={pending} problem={problem}>
            {t('login:use_another_account')}
          </Submit>
        </form>
        <BackToApplication answer={answer} send={send} />
      </div>
    </>
  )
}

import { Submit } from '../../forms/submit.tsx'
import { useSubmit } from '../../forms/use-submit.ts'
import { useTexts } from '../../i18n.ts'
import { Head } from '../../ui/head.tsx'
import { WarningIcon } from '../../ui/icons.tsx'
import { useTitle } from '../../ui/use-title.ts'
import { placeOf, type ScreenProps } from '../actions.ts'
import { BackToApplication } from '../back-to-application.tsx'

/** The owner wishes to delete this account; whoever wants to use it after all keeps it. */
export function DeletionPlannedScreen({ step, answer, send }: ScreenProps<'deletion_planned'>) {
  const { t, locale } = useTexts()
  const { problem, pending, onSubmit } = useSubmit(() => send('keep-account', {}))
  const heading = t('login:deletion.heading')
  useTitle(heading, placeOf(answer), problem !== null)
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'long' }).format(new Date(step.deletionAt))

  return (
    <>
      <Head icon={<WarningIcon />} tone="bad" heading={heading} lead={t('login:deletion.text', { date })} />
      <div className="stack">
        <form className="stack" onSubmit={onSubmit} noValidate>
          <Submit pending={pending} problem={problem}>
            {t('login:deletion.keep')}
          </Submit>
        </form>
        <BackToApplication answer={answer} send={send} />
      </div>
    </>
  )
}

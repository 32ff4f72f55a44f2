import { Submit } from '../../forms/submit.tsx'
import { useSubmit } from '../../forms/use-submit.ts'
import { useTexts } from '../../i18n.ts'
import { fromNow } from '../../ui/from-now.ts'
import { Head } from '../../ui/head.tsx'
import { LockIcon } from '../../ui/icons.tsx'
import { useTitle } from '../../ui/use-title.ts'
import { placeOf, type ScreenProps } from '../actions.ts'
import { BackToApplication } from '../back-to-application.tsx'
import { ForgotPassword } from '../forgot-password.tsx'
import { PasskeyWay } from '../passkey-way.tsx'

/** After too many failures, by whomever: for how long no password is taken. It ends by itself. */
export function LockedScreen({ step, answer, send }: ScreenProps<'first_factor'>) {
  const { t, locale } = useTexts()
  const { problem, pending, onSubmit } = useSubmit(() => send('restart', { fresh: true }))
  const heading = t('login:locked.heading')
  const when = fromNow(locale, step.lockedFor ?? 0)
  useTitle(heading, placeOf(answer), problem !== null)

  return (
    <>
      <Head icon={<LockIcon />} heading={heading} lead={t('login:locked.text', { when })} />
      <div className="stack">
        <form className="stack" onSubmit={onSubmit} noValidate>
          <Submit pending={pending} problem={problem}>
            {t('login:use_another_account')}
          </Submit>
        </form>
        {step.methods.includes('passkey') && <PasskeyWay answer={answer} send={send} />}
        <ForgotPassword step={step} send={send} />
        <BackToApplication answer={answer} send={send} />
      </div>
    </>
  )
}

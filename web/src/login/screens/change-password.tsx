import { useTexts } from '../../i18n.ts'
import { Head } from '../../ui/head.tsx'
import { placeOf, type ScreenProps } from '../actions.ts'
import { BackToApplication } from '../back-to-application.tsx'
import { Reasons } from '../reasons.tsx'
import { NewPasswordForm } from '../reset/new-password-form.tsx'

/** A password that has to be replaced before anything else goes on. The one before was proven just now. */
export function ChangePasswordScreen({ step, answer, send }: ScreenProps<'change_password'>) {
  const { t } = useTexts()
  const heading = t('password:choose.heading')
  return (
    <>
      <Head heading={heading} lead={t('common:new_password.hint')}>
        <Reasons answer={answer} />
      </Head>
      <div className="stack">
        <NewPasswordForm
          loginName={answer.account?.loginName ?? ''}
          rules={step.rules}
          heading={heading}
          place={placeOf(answer)}
          onChosen={(chosen) => send('change-password', chosen)}
        />
        <BackToApplication answer={answer} send={send} />
      </div>
    </>
  )
}

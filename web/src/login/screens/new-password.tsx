import { useTexts } from '../../i18n.ts'
import { Head } from '../../ui/head.tsx'
import { placeOf, type ScreenProps } from '../actions.ts'
import { BackToPassword } from '../reset/back-to-password.tsx'
import { NewPasswordForm } from '../reset/new-password-form.tsx'

/** The new password, once the code or the link was right. It is asked for afterwards. */
export function NewPasswordScreen({ step, answer, send }: ScreenProps<'new_password'>) {
  const { t } = useTexts()
  const heading = t('password:choose.heading')
  return (
    <>
      <Head heading={heading} lead={t('common:new_password.hint')} />
      <div className="stack">
        <NewPasswordForm
          loginName={answer.account?.loginName ?? ''}
          rules={step.rules}
          heading={heading}
          place={placeOf(answer)}
          onChosen={(chosen) => send('new-password', chosen)}
        />
        <BackToPassword send={send} />
      </div>
    </>
  )
}

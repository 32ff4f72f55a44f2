import type { firstPasskeyRoutes } from '@vestibule/shared/contract/registration.ts'
import { useState } from 'react'
import { createCall } from '../../call.ts'
import { isOfNewPassword, NewPasswordField, newPasswordIn } from '../../forms/new-password-field.tsx'
import { FormProblem, Submit } from '../../forms/submit.tsx'
import { useSubmit } from '../../forms/use-submit.ts'
import { useTexts } from '../../i18n.ts'
import { Head } from '../../ui/head.tsx'
import { PasskeyIcon } from '../../ui/icons.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Address, Sentence } from '../../ui/sentence.tsx'
import { useTitle } from '../../ui/use-title.ts'
import type { NoPasskey } from '../../webauthn.ts'
import { placeOf, type ScreenProps } from '../actions.ts'
import { BackToApplication } from '../back-to-application.tsx'
import { makePasskey } from '../new-passkey.ts'
import { passkeyAbility } from '../passkey-ability.ts'

type Props = ScreenProps<'finish_registration'>
const call = createCall<typeof firstPasskeyRoutes>()

/** The address is proven; a passkey opens the account, or a password after all. Nothing that was typed before is asked for again. */
export function FinishRegistrationScreen({ step, answer, send }: Props) {
  const { t } = useTexts()
  const hasPasskey = step.ways.includes('passkey')
  const hasPassword = step.ways.includes('password')
  const [isByPassword, setByPassword] = useState(!hasPasskey)
  const heading = t(isByPassword ? 'passkeys:register.password' : 'passkeys:register.heading')
  const email = <Address>{step.email}</Address>

  return (
    <>
      <Head
        key={String(isByPassword)}
        takesFocus={isByPassword && hasPasskey}
        icon={isByPassword ? undefined : <PasskeyIcon />}
        heading={heading}
        lead={<Sentence of={`passkeys:register.${isByPassword ? 'password_lead' : 'lead'}`} parts={{ email }} />}
      />
      <div className="stack">
        {isByPassword ? (
          <ByPassword step={step} answer={answer} send={send} heading={heading} />
        ) : (
          <ByPasskey answer={answer} send={send} heading={heading} />
        )}
        {hasPasskey && hasPassword && (
          <button className="button quiet" type="button" onClick={() => setByPassword((before) => !before)}>
            {t(isByPassword ? 'passkeys:register.rather_passkey' : 'passkeys:register.rather_password')}
          </button>
        )}
        <BackToApplication answer={answer} send={send} />
      </div>
    </>
  )
}

type PartProps = Pick<Props, 'answer' | 'send'> & { heading: string }

function ByPasskey({ answer, send, heading }: PartProps) {
  const { t } = useTexts()
  const [nothing, setNothing] = useState<NoPasskey | null>(null)
  const { problem, pending, onSubmit } = useSubmit(async () => {
    setNothing(null)
    const outcome = await makePasskey({
      begin: () =>
        call('post /api/login/{request}/first-passkey-options', { params: { request: answer.request }, body: {} }),
      onPasskey: (credential) => send('first-passkey', { credential }),
    })
    if (typeof outcome !== 'string') return outcome
    setNothing(outcome)
    return null
  })
  useTitle(heading, placeOf(answer), problem !== null)
  if (typeof PublicKeyCredential !== 'function') return <p>{t('passkeys:unsupported')}</p>
  return (
    <form className="stack" onSubmit={onSubmit} noValidate>
      <FormProblem problem={problem} />
      <div role="status" className="announce">
        {nothing && <Notice>{t('passkeys:register.given_up')}</Notice>}
      </div>
      <button className="button primary" type="submit" aria-busy={pending} aria-describedby="device-asks">
        {t('passkeys:offer.create')}
      </button>
      <p className="hint" id="device-asks">
        {t('passkeys:device_asks')}
      </p>
    </form>
  )
}

function ByPassword({ step, answer, send, heading }: PartProps & Pick<Props, 'step'>) {
  const { t } = useTexts()
  const { problem, pending, onSubmit } = useSubmit(async (form) => {
    const newPassword = newPasswordIn(form, step.passwordRules)
    if (typeof newPassword !== 'string') return newPassword
    const { keepsPasskeys } = await passkeyAbility()
    return send('first-password', { newPassword, keepsPasskeys })
  })
  useTitle(heading, placeOf(answer), problem !== null)
  return (
    <form className="stack" onSubmit={onSubmit} noValidate>
      {/* Password managers save the pair, and need both halves in one form. */}
      <input type="text" name="identifier" autoComplete="username" value={step.email} readOnly hidden />
      <NewPasswordField
        label={t('registration:fields.newPassword')}
        rules={step.passwordRules}
        pending={pending}
        problem={problem}
      />
      <Submit pending={pending} problem={isOfNewPassword(problem) ? null : problem}>
        {t('registration:submit')}
      </Submit>
    </form>
  )
}

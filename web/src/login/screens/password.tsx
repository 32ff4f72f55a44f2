import { useEffect, useRef, useState } from 'react'
import { PasswordField } from '../../forms/password-field.tsx'
import { useProblemText } from '../../forms/problem-text.ts'
import { Submit } from '../../forms/submit.tsx'
import { useSubmit } from '../../forms/use-submit.ts'
import { useTexts } from '../../i18n.ts'
import { missing } from '../../problem-answer.ts'
import { Head } from '../../ui/head.tsx'
import { useTitle } from '../../ui/use-title.ts'
import { isStepUp, placeOf, type ScreenProps } from '../actions.ts'
import { BackToApplication } from '../back-to-application.tsx'
import { ForgotPassword } from '../forgot-password.tsx'
import { passkeyAbility } from '../passkey-ability.ts'
import { PasskeyWay } from '../passkey-way.tsx'
import { Reasons } from '../reasons.tsx'

/** Asks for the password. A wrong one is emptied and the field is ready for the next; whatever else fails leaves it as it was. */
export function PasswordScreen({ step, answer, send }: ScreenProps<'first_factor'>) {
  const { t } = useTexts()
  const text = useProblemText()
  const field = useRef<HTMLInputElement>(null)
  const stay = useRef<HTMLInputElement>(null)
  // asked while somebody types
  const [ability] = useState(() => (step.methods.includes('passkey') ? passkeyAbility() : null))
  const { problem, pending, onSubmit } = useSubmit(async (form) => {
    const password = String(form.get('password'))
    if (!password) return missing('password')
    return send('password', { password, staySignedIn: form.get('staySignedIn') === 'on', ...(await ability) })
  })
  const isWrong = problem?.code === 'invalid_credentials'
  const error = isWrong ? text.whole(problem) : text.field(problem, 'password')
  useEffect(() => {
    if (isWrong && field.current) field.current.value = ''
  }, [problem, isWrong])
  const again = isStepUp(answer)
  const hasPassword = step.methods.includes('password')
  const heading = t(hasPassword ? 'login:password.heading' : 'passkeys:sign_in.heading')
  useTitle(heading, placeOf(answer), problem !== null)

  return (
    <>
      <Head heading={heading}>
        <Reasons answer={answer} />
      </Head>
      <div className="stack">
        {hasPassword && (
          <form className="stack" onSubmit={onSubmit} noValidate>
            {/* Password managers save the pair, and need both halves in one form. */}
            <input
              type="text"
              name="identifier"
              autoComplete="username"
              value={answer.account?.loginName ?? ''}
              readOnly
              hidden
            />
            <PasswordField
              ref={field}
              name="password"
              label={t('common:password')}
              autoComplete="current-password"
              maxLength={1024}
              pending={pending}
              error={error}
              required
            />
            {!again && (
              <label className="check">
                <input type="checkbox" name="staySignedIn" ref={stay} />
                <span>{t('login:password.stay')}</span>
                <small>{t('login:password.stay_hint')}</small>
              </label>
            )}
            <Submit pending={pending} problem={error ? null : problem}>
              {again ? t('common:continue') : t('login:password.submit')}
            </Submit>
          </form>
        )}
        {step.methods.includes('passkey') && (
          <PasskeyWay answer={answer} send={send} staySignedIn={() => stay.current?.checked === true} />
        )}
        <ForgotPassword step={step} send={send} />
        {again && <BackToApplication answer={answer} send={send} />}
      </div>
    </>
  )
}

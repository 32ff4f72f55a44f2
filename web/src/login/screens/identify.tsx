import type { IdentifierKind } from '@vestibule/shared/policy.ts'
import { Field } from '../../forms/field.tsx'
import { useProblemText } from '../../forms/problem-text.ts'
import { FormProblem, Submit } from '../../forms/submit.tsx'
import { useSubmit } from '../../forms/use-submit.ts'
import { useTexts } from '../../i18n.ts'
import { missing } from '../../problem-answer.ts'
import { Head } from '../../ui/head.tsx'
import { PersonIcon } from '../../ui/icons.tsx'
import { useTitle } from '../../ui/use-title.ts'
import { placeOf, type ScreenProps } from '../actions.ts'
import { BackToApplication } from '../back-to-application.tsx'
import { PasskeyWay } from '../passkey-way.tsx'
import { Reasons } from '../reasons.tsx'
import { ToApplication } from '../to-application.tsx'

type LabelName =
  | 'email'
  | 'phone'
  | 'username'
  | 'email_phone'
  | 'email_username'
  | 'phone_username'
  | 'email_phone_username'

/** The label says what is accepted, and nothing that is not. */
const labelName = (accepts: readonly IdentifierKind[]) => [...accepts].sort().join('_') as LabelName

/** Says who one is. */
export function IdentifyScreen({ step, answer, send }: ScreenProps<'identify'>) {
  const { t } = useTexts()
  const text = useProblemText()
  const { problem, pending, onSubmit } = useSubmit(async (form) => {
    const identifier = String(form.get('identifier')).trim()
    if (form.get('next') === 'register') return send('registration', { identifier })
    return identifier ? send('identifier', { identifier }) : missing('identifier')
  })
  const choose = useSubmit(() => send('restart', { fresh: false }))
  const error = text.field(problem, 'identifier')
  const heading = t('login:identify.heading')
  useTitle(heading, placeOf(answer), problem !== null)

  return (
    <>
      <Head heading={heading} lead={answer.application && <ToApplication answer={answer} />}>
        <Reasons answer={answer} />
      </Head>
      <div className="stack">
        <form className="stack" id="identify" onSubmit={onSubmit} noValidate>
          <Field
            name="identifier"
            label={t(`login:identify.labels.${labelName(step.accepts)}`)}
            type={step.accepts.join() === 'email' ? 'email' : 'text'}
            autoComplete="username webauthn"
            defaultValue={step.loginHint ?? ''}
            maxLength={254}
            error={error}
            required
          >
            {() => <PersonIcon />}
          </Field>
          <Submit pending={pending} problem={error ? null : problem}>
            {t('common:continue')}
          </Submit>
        </form>
        {step.canUsePasskey && <PasskeyWay answer={answer} send={send} besideField />}
        {step.canRegister && (
          <p className="ask small">
            <span className="soft">{t('login:identify.new_here')}</span>
            {/* takes along what was typed */}
            <button className="button quiet slim flush" type="submit" form="identify" name="next" value="register">
              {t('login:identify.create')}
            </button>
          </p>
        )}
        {step.hasAccounts && (
          <form className="stack" onSubmit={choose.onSubmit} noValidate>
            <FormProblem problem={choose.problem} />
            <button className="button secondary" type="submit" aria-busy={choose.pending}>
              {t('login:identify.choose')}
            </button>
          </form>
        )}
        <BackToApplication answer={answer} send={send} />
      </div>
    </>
  )
}

import type { LoginStepView } from '@vestibule/shared/login-step.ts'
import { ErrorSummary, fieldId, standsBeside } from '../../forms/error-summary.tsx'
import { NewPasswordField } from '../../forms/new-password-field.tsx'
import { FormProblem, Submit } from '../../forms/submit.tsx'
import { useSubmit } from '../../forms/use-submit.ts'
import { useTexts } from '../../i18n.ts'
import { Head } from '../../ui/head.tsx'
import { Name, Sentence } from '../../ui/sentence.tsx'
import { useTitle } from '../../ui/use-title.ts'
import { placeOf, type ScreenProps } from '../actions.ts'
import { BackToApplication } from '../back-to-application.tsx'
import { Reasons } from '../reasons.tsx'
import { Accept, TermsLinks } from '../registration/accept.tsx'
import { ByPasskey } from '../registration/by-passkey.tsx'
import { ProfileField, type ValueName } from '../registration/profile-fields.tsx'
import { useChecked, useFields, useOwnWords } from '../registration/use-form.ts'
import { useWork } from '../registration/use-work.ts'

/** Makes an account of one's own: only what the organization asks for, nothing twice. */
export function RegisterScreen({ step, answer, send, refresh }: ScreenProps<'register'>) {
  const { t } = useTexts()
  const fields = useFields(step)
  const names = fields.map(({ name }) => name)
  const work = useWork(answer.request, step.challenge)
  const { problem, pending, onSubmit } = useSubmit(async (form) => {
    const refusal = await work.sendWithWork((proof) => send('register', { ...bodyOf(form, names), proof }))
    // another text than the one on the page: it is fetched, to be read
    if (refusal?.fields.accepted?.includes('invalid')) await refresh()
    return refusal
  })
  const signIn = useSubmit(() => send('restart', { fresh: false }))
  const { rules, onInput } = useOwnWords(step)
  const checked = useChecked(names, problem)
  const errorOf = (name: string) => checked.find((field) => field.name === name)?.error ?? null
  const hasPassword = step.ways.includes('password')
  const heading = t('registration:heading')
  useTitle(heading, placeOf(answer), problem !== null)

  return (
    <>
      <Head heading={heading} lead={<Joining step={step} />}>
        {step.terms && <TermsLinks terms={step.terms} />}
        <Reasons answer={answer} />
      </Head>
      <div className="stack">
        <form className="stack" onSubmit={onSubmit} onInput={onInput} noValidate>
          <ErrorSummary fields={checked} />
          <div className="pair">
            {fields.slice(0, 2).map(({ name }) => (
              <ProfileField key={name} step={step} name={name} error={errorOf(name)} />
            ))}
          </div>
          {fields.slice(2).map(({ name, isOptional }) => (
            <ProfileField key={name} step={step} name={name} error={errorOf(name)} isOptional={isOptional} />
          ))}
          {hasPassword && (
            <NewPasswordField
              id={fieldId('newPassword')}
              label={t('registration:fields.newPassword')}
              rules={rules}
              pending={pending}
              problem={problem}
            />
          )}
          {step.terms && <Accept terms={step.terms} error={errorOf('accepted')} />}
          <p role="status" className="hint">
            {work.isWanted && t(work.isDone ? 'registration:worked' : 'registration:working')}
          </p>
          {hasPassword && (
            <Submit pending={pending} problem={standsBeside(problem, checked) ? null : problem}>
              {t('registration:submit')}
            </Submit>
          )}
          {step.ways.includes('passkey') && (
            <ByPasskey
              isOnly={!hasPassword}
              pending={pending}
              problem={standsBeside(problem, checked) ? null : problem}
            />
          )}
        </form>
        <form className="stack tight" onSubmit={signIn.onSubmit} noValidate>
          <FormProblem problem={signIn.problem} />
          <p className="ask small">
            <span className="soft">{t('registration:known')}</span>
            <button className="button quiet slim flush" type="submit" aria-busy={signIn.pending}>
              {t('registration:sign_in')}
            </button>
          </p>
        </form>
        <BackToApplication answer={answer} send={send} />
      </div>
    </>
  )
}

/** Whose house one is about to enter. */
function Joining({ step }: { step: Extract<LoginStepView, { kind: 'register' }> }) {
  const organization = (
    <strong>
      <Name>{step.organization}</Name>
    </strong>
  )
  return <Sentence of="registration:joining" parts={{ organization }} />
}

/** Everything as it was typed: the server looks at it, all at once. */
function bodyOf(form: FormData, names: readonly ValueName[]) {
  const typed = Object.fromEntries(names.map((name) => [name, String(form.get(name) ?? '')]))
  const accepted = form.get('accepted')
  return {
    ...typed,
    newPassword: String(form.get('newPassword') ?? ''),
    ...(form.get('way') === 'passkey' && { way: 'passkey' as const }),
    accepted: accepted === null ? null : String(accepted),
  }
}

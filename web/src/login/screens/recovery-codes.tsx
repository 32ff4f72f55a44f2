import { Submit } from '../../forms/submit.tsx'
import { useSubmit } from '../../forms/use-submit.ts'
import { useTexts } from '../../i18n.ts'
import { missing } from '../../problem-answer.ts'
import { Head } from '../../ui/head.tsx'
import { AlertIcon } from '../../ui/icons.tsx'
import { RecoveryCodeList } from '../../ui/recovery-code-list.tsx'
import { useTitle } from '../../ui/use-title.ts'
import { placeOf, type ScreenProps } from '../actions.ts'

/** The codes that open the account when everything else is lost. They are shown until they are said to be kept. */
export function RecoveryCodesScreen({ step, answer, send }: ScreenProps<'recovery_codes'>) {
  const { t } = useTexts()
  const { problem, pending, onSubmit } = useSubmit(async (form) =>
    form.has('saved') ? send('keep-recovery-codes', {}) : missing('saved'),
  )
  const isUnsaid = (problem?.fields.saved?.length ?? 0) > 0
  const heading = t('factors:codes.heading')
  useTitle(heading, placeOf(answer), problem !== null)
  return (
    <>
      <Head heading={heading} lead={t('factors:codes.lead')} />
      <form className="stack" onSubmit={onSubmit} noValidate>
        <RecoveryCodeList codes={step.codes} account={answer.account?.loginName ?? ''} place={answer.branding.name} />
        <div className="stack tight">
          <label className="check">
            <input type="checkbox" name="saved" aria-invalid={isUnsaid} aria-describedby="saved-error" required />
            <span>{t('factors:codes.saved')}</span>
          </label>
          <div id="saved-error" aria-live="polite">
            {isUnsaid && (
              <p className="error">
                <AlertIcon />
                <span>{t('errors:field.required')}</span>
              </p>
            )}
          </div>
        </div>
        <Submit pending={pending} problem={isUnsaid ? null : problem}>
          {t('factors:codes.submit')}
        </Submit>
      </form>
    </>
  )
}

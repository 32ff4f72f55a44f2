import type { LoginStepView } from '@vestibule/shared/login-step.ts'
import { fieldId } from '../../forms/error-summary.tsx'
import { useTexts } from '../../i18n.ts'
import { HttpsLink } from '../../ui/https-link.tsx'
import { AlertIcon } from '../../ui/icons.tsx'
import { Sentence } from '../../ui/sentence.tsx'

type Terms = NonNullable<Extract<LoginStepView, { kind: 'register' }>['terms']>

/** What is to be read before anything is typed. */
export function TermsLinks({ terms }: { terms: Terms }) {
  const { t } = useTexts()
  return (
    <p className="soft small terms">
      <HttpsLink to={terms.terms}>{t('common:terms')}</HttpsLink>
      <HttpsLink to={terms.privacy}>{t('common:privacy')}</HttpsLink>
    </p>
  )
}

/** The box that nobody ticks but the person. Its links open beside the page. */
export function Accept({ terms, error }: { terms: Terms; error: string | null }) {
  const { t } = useTexts()
  const id = fieldId('accepted')
  const kind = terms.terms && terms.privacy ? 'both' : terms.terms ? 'terms' : 'privacy'
  return (
    <div className="stack tight">
      <label className="check" htmlFor={id}>
        <input
          type="checkbox"
          id={id}
          name="accepted"
          value={terms.version}
          aria-invalid={error !== null}
          aria-describedby={`${id}-error`}
          required
        />
        <span>
          <Sentence
            of={`registration:accept.${kind}`}
            parts={{
              terms: <HttpsLink to={terms.terms}>{t('registration:accept.terms_link')}</HttpsLink>,
              privacy: <HttpsLink to={terms.privacy}>{t('registration:accept.privacy_link')}</HttpsLink>,
            }}
          />
        </span>
      </label>
      <div id={`${id}-error`} aria-live="polite">
        {error && (
          <p className="error">
            <AlertIcon />
            <span>{error}</span>
          </p>
        )}
      </div>
    </div>
  )
}

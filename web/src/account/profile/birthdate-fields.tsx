import { useId } from 'react'
import { fieldId } from '../../forms/error-summary.tsx'
import { FieldError } from '../../forms/labelled.tsx'
import { useProblemText } from '../../forms/problem-text.ts'
import { useTexts } from '../../i18n.ts'
import type { ProfileFormState } from './use-profile-form.ts'

const MONTHS = Array.from({ length: 12 }, (_, month) => month)

/** A day of which a part may be left out. Three fields, because a calendar is no way to a day long ago. */
export function BirthdateFields({ form }: { form: ProfileFormState }) {
  const { t, locale } = useTexts()
  const text = useProblemText()
  const id = useId()
  const error = text.named(form.formState.errors.birthYear?.type)
  const described = { 'aria-invalid': error !== null, 'aria-describedby': `${id}-error ${id}-hint` }
  const month = new Intl.DateTimeFormat(locale, { month: 'long', timeZone: 'UTC' })
  return (
    <fieldset className="field">
      <legend>
        {t('profile:about.birthdate')} <span className="optional">{t('common:optional')}</span>
      </legend>
      <div className="date">
        <label>
          <span>{t('profile:about.day')}</span>
          <input
            {...form.register('birthDay')}
            {...described}
            inputMode="numeric"
            maxLength={2}
            autoComplete="bday-day"
            dir="ltr"
          />
        </label>
        <label>
          <span>{t('profile:about.month')}</span>
          <select {...form.register('birthMonth')} {...described} autoComplete="bday-month">
            <option value="" aria-label={t('profile:about.zoneinfo_unsaid')} />
            {MONTHS.map((at) => (
              <option key={at} value={String(at + 1).padStart(2, '0')}>
                {month.format(new Date(Date.UTC(2000, at, 1)))}
              </option>
            ))}
          </select>
        </label>
        <label>
          <span>{t('profile:about.year')}</span>
          <input
            {...form.register('birthYear')}
            {...described}
            id={fieldId('birthYear')}
            inputMode="numeric"
            maxLength={4}
            autoComplete="bday-year"
            dir="ltr"
          />
        </label>
      </div>
      <FieldError id={id} error={error} />
      <p id={`${id}-hint`} className="hint">
        {t('profile:about.birthdate_hint')}
      </p>
    </fieldset>
  )
}

import { fieldId } from '../../forms/error-summary.tsx'
import { Labelled } from '../../forms/labelled.tsx'
import { useProblemText } from '../../forms/problem-text.ts'
import { useTexts } from '../../i18n.ts'
import { FREE, TextField } from './text-field.tsx'
import type { ProfileFormState } from './use-profile-form.ts'

/** Where letters reach one. */
export function AddressFields({ form }: { form: ProfileFormState }) {
  const { t } = useTexts()
  const text = useProblemText()
  return (
    <section className="section">
      <header>
        <h2>{t('profile:address.heading')}</h2>
      </header>
      <div className="body fields">
        <Labelled
          id={fieldId('streetAddress')}
          label={t('profile:address.streetAddress')}
          error={text.named(form.formState.errors.streetAddress?.type)}
        >
          {(described) => (
            <textarea
              {...form.register('streetAddress')}
              {...described}
              rows={2}
              dir="auto"
              autoComplete="street-address"
            />
          )}
        </Labelled>
        <div className="beside">
          <TextField form={form} name="postalCode" autoComplete="postal-code" />
          <TextField {...FREE} form={form} name="locality" autoComplete="address-level2" />
        </div>
        <div className="beside">
          <TextField {...FREE} form={form} name="region" autoComplete="address-level1" />
          <TextField {...FREE} form={form} name="country" autoComplete="country-name" />
        </div>
      </div>
    </section>
  )
}

import { useTexts } from '../../i18n.ts'
import { FREE, TextField } from './text-field.tsx'
import type { ProfileFormState } from './use-profile-form.ts'

/** What one is called. */
export function NameFields({ form }: { form: ProfileFormState }) {
  const { t } = useTexts()
  return (
    <section className="section">
      <header>
        <h2>{t('profile:names.heading')}</h2>
      </header>
      <div className="body fields">
        <TextField
          {...FREE}
          form={form}
          name="displayName"
          autoComplete="name"
          hint={t('profile:names.displayName_hint')}
        />
        <div className="beside">
          <TextField {...FREE} form={form} name="givenName" autoComplete="given-name" />
          <TextField {...FREE} form={form} name="familyName" autoComplete="family-name" />
        </div>
        <div className="beside">
          <TextField {...FREE} form={form} name="middleName" autoComplete="additional-name" isOptional />
          <TextField {...FREE} form={form} name="nickname" autoComplete="nickname" isOptional />
        </div>
      </div>
    </section>
  )
}

import { fieldId } from '../../forms/error-summary.tsx'
import { Labelled } from '../../forms/labelled.tsx'
import { useTexts } from '../../i18n.ts'
import { BirthdateFields } from './birthdate-fields.tsx'
import { TextField } from './text-field.tsx'
import type { ProfileFormState } from './use-profile-form.ts'
import { ZoneField } from './zone-field.tsx'

/** The values of OpenID Connect, and one that it leaves to others. */
const GENDERS = ['female', 'male', 'non-binary'] as const

/** When one was born, where one is to be found, and in which time zone one lives. */
export function AboutFields({ form }: { form: ProfileFormState }) {
  const { t } = useTexts()
  const gender = form.formState.defaultValues?.gender ?? ''
  const isOther = gender !== '' && !GENDERS.some((known) => known === gender)
  return (
    <section className="section">
      <header>
        <h2>{t('profile:about.heading')}</h2>
      </header>
      <div className="body fields">
        <BirthdateFields form={form} />
        <Labelled id={fieldId('gender')} label={t('profile:about.gender')} error={null}>
          {(described) => (
            <select {...form.register('gender')} {...described} autoComplete="sex">
              <option value="">{t('profile:about.genders.unsaid')}</option>
              {GENDERS.map((name) => (
                <option key={name} value={name}>
                  {t(`profile:about.genders.${name}`)}
                </option>
              ))}
              {isOther && <option value={gender}>{gender}</option>}
            </select>
          )}
        </Labelled>
        <ZoneField form={form} />
        <TextField form={form} name="website" type="url" autoComplete="url" placeholder="https://" isOptional />
        <TextField form={form} name="profile" type="url" autoComplete="off" placeholder="https://" isOptional />
      </div>
    </section>
  )
}

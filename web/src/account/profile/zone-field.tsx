import { fieldId } from '../../forms/error-summary.tsx'
import { Labelled } from '../../forms/labelled.tsx'
import { useTexts } from '../../i18n.ts'
import { Address, Sentence } from '../../ui/sentence.tsx'
import type { ProfileFormState } from './use-profile-form.ts'

/** Where a browser is, and all that it knows. */
const here = () => new Intl.DateTimeFormat().resolvedOptions().timeZone
const ZONES = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')]

/** `America/Argentina/Buenos_Aires`, as people write it. */
const nameOf = (zone: string) =>
  zone
    .replace(/^[^/]+\//, '')
    .replaceAll('_', ' ')
    .replaceAll('/', ', ')
const areaOf = (zone: string) => (zone.includes('/') ? zone.slice(0, zone.indexOf('/')) : 'UTC')

/** A time zone from the list of the browser, by area. One that the browser does not know is kept. */
export function ZoneField({ form }: { form: ProfileFormState }) {
  const { t } = useTexts()
  const stored = form.formState.defaultValues?.zoneinfo ?? ''
  const zones = stored && !ZONES.includes(stored) ? [stored, ...ZONES] : ZONES
  const areas = Map.groupBy(zones, areaOf)
  return (
    <Labelled
      id={fieldId('zoneinfo')}
      label={t('profile:about.zoneinfo')}
      error={null}
      hint={<Sentence of="profile:about.zoneinfo_here" parts={{ zone: <Address>{here()}</Address> }} />}
    >
      {(described) => (
        <select {...form.register('zoneinfo')} {...described} dir="ltr">
          <option value="">{t('profile:about.zoneinfo_unsaid')}</option>
          {[...areas].map(([area, names]) => (
            <optgroup key={area} label={area}>
              {names.map((zone) => (
                <option key={zone} value={zone}>
                  {nameOf(zone)}
                </option>
              ))}
            </optgroup>
          ))}
        </select>
      )}
    </Labelled>
  )
}

import { useTexts } from '../../i18n.ts'
import { closeUp } from '../../ui/close-up.ts'

const DAY = 86_400
const HOUR = 3_600

/** "Don't ask again on this device", for so many seconds. Nothing is checked before somebody does; nothing is there where it is not offered. */
export function TrustDevice({ seconds }: { seconds: number }) {
  const { t, locale } = useTexts()
  if (seconds === 0) return null
  return (
    <label className="check">
      <input type="checkbox" name="trustDevice" />
      <span>{t('factors:trust.label', { time: inWords(locale, seconds) })}</span>
      <small>{t('factors:trust.hint')}</small>
    </label>
  )
}

export const isTrusting = (form: FormData): boolean => form.get('trustDevice') === 'on'

/** Never more than it is. */
function inWords(locale: string, seconds: number): string {
  const [size, unit] = seconds >= 2 * DAY ? [DAY, 'day'] : seconds >= 2 * HOUR ? [HOUR, 'hour'] : [60, 'minute']
  const format = new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' })
  return closeUp(format.format(Math.floor(seconds / size))).replaceAll(' ', '\u00a0')
}

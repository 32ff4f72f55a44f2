import type { OwnSession } from '@vestibule/shared/contract/me.ts'
import { useTexts } from '../../i18n.ts'

/** A session in words: what it runs in, and its times as the reader's region writes them, in the reader's time zone. */
export function useSessionWords() {
  const { t, locale } = useTexts()
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' })
  const format = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' })
  return {
    /** In one piece: no line breaks inside it. */
    when: (instant: string) => format.format(new Date(instant)).replaceAll(' ', '\u00a0'),
    /** The day alone. */
    day: (instant: string) => day.format(new Date(instant)).replaceAll(' ', '\u00a0'),
    device({ browser, system }: Pick<OwnSession, 'browser' | 'system'>) {
      if (browser && system) return t('account:sessions.device', { browser, system })
      return browser ?? system ?? t('account:sessions.device_unknown')
    },
  }
}

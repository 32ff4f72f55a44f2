import type { OwnSession } from '@vestibule/shared/contract/me.ts'
import { useTexts } from '../../i18n.ts'

/** A session in words: what it runs in, and its times in the reader's language and time zone. */
export function useSessionWords() {
  const { t, language } = useTexts()
  const format = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' })
  return {
    when: (instant: string) => format.format(new Date(instant)),
    device({ browser, system }: OwnSession) {
      if (browser && system) return t('account:sessions.device', { browser, system })
      return browser ?? system ?? t('account:sessions.device_unknown')
    },
  }
}

import { useEffect } from 'react'
import { useTexts } from '../i18n.ts'

/** The title of the tab: the heading and where one is, with "Error" in front when something is wrong (WCAG 2.2, 2.4.2). */
export function useTitle(heading: string, place: string, failed = false) {
  const { t } = useTexts()
  useEffect(() => {
    const title = t('common:title', { heading, place })
    document.title = failed ? t('common:title_with_error', { title }) : title
  }, [t, heading, place, failed])
}

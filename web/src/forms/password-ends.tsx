import type { ReactNode } from 'react'
import { useTexts } from '../i18n.ts'
import { Notice } from '../ui/notice.tsx'

/** Until when a password counts, once that is near. It stands in nobody's way. `children`: what to do about it. */
export function PasswordEnds({ at, children }: { at: string | null; children?: ReactNode }) {
  const { t, locale } = useTexts()
  if (at === null) return null
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'long' }).format(new Date(at))
  return (
    <Notice kind="warning">
      {t('password:ends', { date })} {children}
    </Notice>
  )
}

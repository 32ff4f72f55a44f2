import type { ReactNode } from 'react'
import { useTexts } from '../i18n.ts'

export const isHttps = (value: string) => URL.canParse(value) && new URL(value).protocol === 'https:'

/**
 * A link that somebody configured: https, or it is not drawn. It opens beside the page, so that nothing typed is lost, and says so.
 */
export function HttpsLink({ to, children }: { to: string | null | undefined; children: ReactNode }) {
  const { t } = useTexts()
  if (!to || !isHttps(to)) return null
  const note = t('common:new_tab')
  // a word inside a sentence gets no space of its own behind it
  if (typeof children === 'string')
    return (
      <a href={to} target="_blank" rel="noreferrer" aria-label={`${children} ${note}`}>
        {children}
      </a>
    )
  return (
    <a href={to} target="_blank" rel="noreferrer">
      {children} <span className="unseen">{note}</span>
    </a>
  )
}

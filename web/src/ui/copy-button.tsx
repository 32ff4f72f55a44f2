import { useState } from 'react'
import { useTexts } from '../i18n.ts'
import { CopyIcon, TickIcon } from './icons.tsx'

/** Copies a text, and says that it did. Where the browser refuses, the text is there to be marked. */
export function CopyButton({ text }: { text: string }) {
  const { t } = useTexts()
  const [copied, setCopied] = useState(false)
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setCopied(true),
      () => setCopied(false),
    )
  return (
    <>
      <button className="button quiet slim" type="button" onClick={() => void copy()}>
        {copied ? <TickIcon /> : <CopyIcon />}
        <span>{copied ? t('common:copied') : t('common:copy')}</span>
      </button>
      <span className="unseen" role="status">
        {copied && t('common:copied')}
      </span>
    </>
  )
}

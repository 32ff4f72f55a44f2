import { useTexts } from '../i18n.ts'
import { CopyButton } from './copy-button.tsx'
import { DownloadIcon, PrintIcon } from './factor-icons.tsx'

type Props = { codes: readonly string[]; account: string; place: string }

/** Codes to keep: to be copied, saved as a file or printed. */
export function RecoveryCodeList({ codes, account, place }: Props) {
  const { t } = useTexts()
  const text = [t('factors:codes.file', { account, place }), '', ...codes, ''].join('\n')
  return (
    <>
      <ol className="codes" dir="ltr" aria-label={t('factors:codes.list')}>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ol>
      <div className="trio">
        <CopyButton text={text} />
        <button className="button quiet slim" type="button" onClick={() => save(text)}>
          <DownloadIcon />
          <span>{t('factors:codes.download')}</span>
        </button>
        <button className="button quiet slim" type="button" onClick={() => window.print()}>
          <PrintIcon />
          <span>{t('factors:codes.print')}</span>
        </button>
      </div>
    </>
  )
}

function save(text: string) {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/plain;charset=utf-8' }))
  link.download = 'recovery-codes.txt'
  link.click()
  URL.revokeObjectURL(link.href)
}

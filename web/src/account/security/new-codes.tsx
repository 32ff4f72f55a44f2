import { useEffect, useRef } from 'react'
import { useTexts } from '../../i18n.ts'
import { RecoveryCodeList } from '../../ui/recovery-code-list.tsx'
import { useAccount } from '../account-context.tsx'

type Props = { codes: readonly string[]; onKept: () => void }

/** Codes that were made a moment ago. They are gone from here with a press, or with the page. */
export function NewCodes({ codes, onKept }: Props) {
  const { t } = useTexts()
  const { me, branding } = useAccount()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  return (
    <section className="section">
      <header>
        <div>
          <h2 ref={heading} tabIndex={-1}>
            {t('factors:codes.heading')}
          </h2>
          <p>{t('factors:codes.lead')}</p>
        </div>
      </header>
      <div className="body stack">
        <RecoveryCodeList codes={codes} account={me.loginName} place={branding.name} />
        <p>
          <button className="button primary slim" type="button" onClick={onKept}>
            {t('security:own.kept')}
          </button>
        </p>
      </div>
    </section>
  )
}

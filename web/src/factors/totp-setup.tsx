import type { TotpSetup as Setup } from '@vestibule/shared/login-step.ts'
import { useTexts } from '../i18n.ts'
import type { ProblemAnswer } from '../problem-answer.ts'
import { CopyButton } from '../ui/copy-button.tsx'
import { AppIcon } from '../ui/factor-icons.tsx'
import { QrCode } from '../ui/qr-code.tsx'
import { CodeForm } from './code-form.tsx'

type Props = { setup: Setup; onCode: (code: string) => Promise<ProblemAnswer | null> }

/** The secret as a picture, as text and as a link, and the code that shows that it arrived. */
export function TotpSetup({ setup, onCode }: Props) {
  const { t } = useTexts()
  return (
    <>
      <QrCode code={setup.qr} label={t('factors:setup.qr')} />
      <div className="field">
        <span className="label" id="secret-label">
          {t('factors:setup.secret')}
        </span>
        <div className="secret">
          <code dir="ltr" aria-labelledby="secret-label">
            {setup.secret.match(/.{1,4}/g)?.join(' ')}
          </code>
          <CopyButton text={setup.secret} />
        </div>
      </div>
      <a className="button secondary" href={setup.uri}>
        <AppIcon />
        <span>{t('factors:setup.open')}</span>
      </a>
      <CodeForm label={t('factors:totp.label')} submit={t('factors:setup.submit')} onCode={onCode} />
    </>
  )
}

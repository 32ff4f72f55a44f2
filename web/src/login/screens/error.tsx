import type { ErrorPageCode } from '@vestibule/shared/page.ts'
import type { StartAgain } from '@vestibule/shared/problem.ts'
import { useTexts } from '../../i18n.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Head } from '../../ui/head.tsx'
import { WarningIcon } from '../../ui/icons.tsx'
import { Name, Sentence } from '../../ui/sentence.tsx'
import { useTitle } from '../../ui/use-title.ts'

/** An end without a next step. A problem that the API answered may come without an id or a time. */
type Ending = { code: ErrorPageCode; requestId: string | null; at: string | null; startAgain: StartAgain | null }

function useHeading(code: ErrorPageCode) {
  const { t } = useTexts()
  if (code === 'request_finished') return t('login:error.heading_finished')
  if (code === 'request_expired' || code === 'request_not_found') return t('login:error.heading_over')
  return t('login:error.heading')
}

/** What went wrong in a sentence, the way on, and an id for whoever is asked for help. */
export function ErrorScreen({ error, place }: { error: Ending; place: string }) {
  const { t, locale } = useTexts()
  const heading = useHeading(error.code)
  const { startAgain: again } = error
  useTitle(heading, place, true)
  const format = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' })

  return (
    <>
      <Head icon={<WarningIcon />} tone="bad" heading={heading} lead={t(`errors:${error.code}`)} />
      <div className="stack wide">
        <div className="stack">
          {again && (
            <a className="button primary" href={again.to}>
              <span>
                <Sentence of="login:back_to" parts={{ application: <Name>{again.application}</Name> }} />
              </span>
            </a>
          )}
          <a className={again ? 'button secondary' : 'button primary'} href="/account">
            {t('common:your_account')}
          </a>
        </div>
        {error.requestId && (
          <div className="field">
            <span className="label">{t('login:error.trace')}</span>
            <div className="secret">
              <code dir="ltr">{error.requestId}</code>
              <CopyButton text={error.requestId} />
            </div>
            <p className="hint">
              {error.at && (
                <>
                  <time dateTime={error.at}>{format.format(new Date(error.at))}</time> ·{' '}
                </>
              )}
              <bdi dir="ltr">{error.code}</bdi>
            </p>
          </div>
        )}
      </div>
    </>
  )
}

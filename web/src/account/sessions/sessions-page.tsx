import { useQuery } from '@tanstack/react-query'
import { useProblemText } from '../../forms/problem-text.ts'
import { useTexts } from '../../i18n.ts'
import { asProblem } from '../../problem-answer.ts'
import { Notice } from '../../ui/notice.tsx'
import { sessionsQuery } from '../api.ts'
import { Room } from '../room.tsx'
import { Everywhere } from './everywhere.tsx'
import { OtherSessions } from './other-sessions.tsx'
import { ThisBrowser } from './this-browser.tsx'

/** Where one is signed in. */
export function SessionsPage() {
  const { t } = useTexts()
  return (
    <Room title={t('account:sessions.title')} lead={t('account:sessions.lead')}>
      <Sessions />
    </Room>
  )
}

function Sessions() {
  const { t } = useTexts()
  const text = useProblemText()
  const { data, error, refetch } = useQuery(sessionsQuery)
  if (error) {
    return (
      <div className="stack tight">
        <Notice kind="danger">
          <strong>{t('account:sessions.failed')}</strong> {text.whole(asProblem(error))}
        </Notice>
        <button className="button secondary slim" type="button" onClick={() => void refetch()}>
          {t('common:try_again')}
        </button>
      </div>
    )
  }
  if (!data) return <p role="status">{t('account:sessions.loading')}</p>
  const here = data.find(({ current }) => current)
  return (
    <>
      {here && <ThisBrowser session={here} />}
      <OtherSessions sessions={data.filter(({ current }) => !current)} />
      <Everywhere />
    </>
  )
}

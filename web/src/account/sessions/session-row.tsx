import type { OwnSession } from '@vestibule/shared/contract/me.ts'
import type { ReactNode } from 'react'
import { useTexts } from '../../i18n.ts'
import { LaptopIcon } from '../../ui/icons.tsx'
import { useSessionWords } from './session-words.ts'

/** One session: the browser, when it was used, and the checks it rests on. `children` is what can be done about it. */
export function SessionRow({ session, children }: { session: OwnSession; children: ReactNode }) {
  const { t } = useTexts()
  const words = useSessionWords()
  return (
    <li className="row wrap">
      <span className="glyph" aria-hidden="true">
        <LaptopIcon />
      </span>
      <span className="grow">
        <strong>{words.device(session)}</strong>
        {!session.current && <small>{t('account:sessions.last_used', { when: words.when(session.lastUsedAt) })}</small>}
        {session.checks.length === 0 && (
          <small>{t('account:sessions.since', { when: words.when(session.createdAt) })}</small>
        )}
        {session.checks.map(({ factor, at }) => (
          <small key={factor + at}>{t(`account:sessions.checks.${factor}`, { when: words.when(at) })}</small>
        ))}
        <small>{t('account:sessions.first_seen', { when: words.day(session.firstSeenAt) })}</small>
      </span>
      {children}
    </li>
  )
}

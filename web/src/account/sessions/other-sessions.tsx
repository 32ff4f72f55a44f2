import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { OwnSession } from '@vestibule/shared/contract/me.ts'
import { useRef } from 'react'
import { FormProblem } from '../../forms/submit.tsx'
import { useTexts } from '../../i18n.ts'
import { asProblem } from '../../problem-answer.ts'
import { useDoing } from '../account-context.tsx'
import { call, sessionsQuery } from '../api.ts'
import { Confirm } from '../confirm.tsx'
import { SessionRow } from './session-row.tsx'
import { useSessionWords } from './session-words.ts'

/** Where else one is signed in. Each can be ended, or all at once, after being asked. */
export function OtherSessions({ sessions }: { sessions: OwnSession[] }) {
  const { t } = useTexts()
  const words = useSessionWords()
  const run = useDoing('sessions')
  const queries = useQueryClient()
  const heading = useRef<HTMLHeadingElement>(null)
  const end = useMutation({
    mutationFn: (session: string) => run(call('post /api/me/sessions/end', { body: { session } })),
    // The button that was pressed is gone: the list's heading takes the focus.
    onSuccess: () => heading.current?.focus(),
    // Ended or refused: what the list says is checked again.
    onSettled: () => queries.invalidateQueries({ queryKey: sessionsQuery.queryKey }),
  })
  const ended = end.data?.ended ?? 0

  return (
    <section className="section">
      <header>
        <div>
          <h2 ref={heading} tabIndex={-1}>
            {t('account:sessions.elsewhere')}
          </h2>
          <p>{sessions.length > 0 ? t('account:sessions.elsewhere_hint') : t('account:sessions.nowhere')}</p>
        </div>
        {sessions.length > 1 && (
          <Confirm
            trigger={<button className="button secondary slim" type="button" />}
            label={t('account:sessions.end_others')}
            title={t('account:end_others.title')}
            text={t('account:end_others.text', { count: sessions.length })}
            keep={t('account:end_others.keep')}
            confirm={t('account:end_others.end')}
            onConfirm={() => end.mutate('others')}
          />
        )}
      </header>
      <p className="unseen" role="status">
        {ended > 0 && t('account:sessions.ended', { count: ended })}
      </p>
      <FormProblem problem={end.error && asProblem(end.error)} />
      {sessions.length > 0 && (
        <ul className="rows">
          {sessions.map((session) => {
            const device = words.device(session)
            return (
              <SessionRow key={session.id} session={session}>
                <Confirm
                  trigger={
                    <button
                      className="button quiet slim edge"
                      type="button"
                      aria-label={t('account:sessions.end_named', { device, when: words.when(session.lastUsedAt) })}
                    />
                  }
                  label={t('account:sessions.end')}
                  title={t('account:end_one.title')}
                  text={t('account:end_one.text', { device })}
                  keep={t('account:end_one.keep')}
                  confirm={t('account:end_one.end')}
                  onConfirm={() => end.mutate(session.id)}
                />
              </SessionRow>
            )
          })}
        </ul>
      )}
    </section>
  )
}

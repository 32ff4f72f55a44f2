import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { OwnApplication } from '@vestibule/shared/contract/applications.ts'
import { useRef } from 'react'
import { FormProblem } from '../../forms/submit.tsx'
import { useTexts } from '../../i18n.ts'
import { asProblem } from '../../problem-answer.ts'
import { useDoing } from '../account-context.tsx'
import { applicationsQuery, call } from '../api.ts'
import { Room } from '../room.tsx'
import { ApplicationRow } from './application-row.tsx'

/** What may use the account. Each can be stopped, after being asked. */
export function ApplicationsPage() {
  const { t } = useTexts()
  const run = useDoing('applications')
  const queries = useQueryClient()
  const list = useRef<HTMLElement>(null)
  const { data: applications = [] } = useQuery(applicationsQuery)
  const stop = useMutation({
    mutationFn: ({ id }: OwnApplication) =>
      run(call('post /api/me/applications/revoke', { body: { application: id } })),
    onSuccess: (left) => {
      queries.setQueryData(applicationsQuery.queryKey, left.applications)
      // the button that was pressed is gone
      list.current?.focus()
    },
    onError: () => queries.invalidateQueries({ queryKey: applicationsQuery.queryKey }),
  })

  return (
    <Room title={t('profile:applications.title')} lead={t('profile:applications.lead')}>
      <p className="unseen" role="status">
        {stop.isSuccess && t('profile:applications.stopped', { application: stop.variables.name })}
      </p>
      <FormProblem problem={stop.error && asProblem(stop.error)} />
      <section className="section" ref={list} tabIndex={-1} aria-label={t('profile:applications.title')}>
        {applications.length === 0 ? (
          <p className="note alone">{t('profile:applications.none')}</p>
        ) : (
          <ul className="rows">
            {applications.map((application) => (
              <ApplicationRow key={application.id} application={application} onStop={() => stop.mutate(application)} />
            ))}
          </ul>
        )}
      </section>
    </Room>
  )
}

import { useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { FormProblem } from '../../forms/submit.tsx'
import { useTexts } from '../../i18n.ts'
import { asProblem } from '../../problem-answer.ts'
import { activityQuery } from '../api.ts'
import { Room } from '../room.tsx'
import { ActivityRow } from './activity-row.tsx'
import { NotMe } from './not-me.tsx'

/** What happened to the account, page by page, and the way out for whoever does not know it. */
export function ActivityPage() {
  const { t } = useTexts()
  const { data, error, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(activityQuery)
  const pages = data?.pages ?? []
  const entries = pages.flatMap((page) => page.activity)
  const list = useRef<HTMLUListElement>(null)
  useFocusOnNew(list, pages.length, pages[0]?.activity.length ?? 0, entries.length)
  const added = pages.length > 1 ? (pages.at(-1)?.activity.length ?? 0) : 0
  return (
    <Room title={t('data:activity.title')} lead={t('data:activity.lead')}>
      <section className="section" aria-label={t('data:activity.title')}>
        {entries.length === 0 ? (
          <p className="body soft">{t('data:activity.empty')}</p>
        ) : (
          <ul className="rows" ref={list}>
            {entries.map((entry) => (
              <ActivityRow key={entry.id} entry={entry} />
            ))}
          </ul>
        )}
        <p className="unseen" role="status">
          {added > 0 && t('data:activity.loaded', { count: added })}
        </p>
        <FormProblem problem={error && asProblem(error)} />
        {hasNextPage && (
          <div className="body">
            <button
              className="button secondary slim"
              type="button"
              aria-busy={isFetchingNextPage}
              onClick={() => void fetchNextPage()}
            >
              {t('data:activity.more')}
            </button>
          </div>
        )}
      </section>
      <NotMe />
    </Room>
  )
}

/** The first of the rows that came takes the focus: the button that was pressed moved away below them, or is gone. */
function useFocusOnNew(
  list: React.RefObject<HTMLUListElement | null>,
  pages: number,
  firstPage: number,
  shown: number,
) {
  const before = useRef({ pages, shown: firstPage })
  useEffect(() => {
    if (pages > before.current.pages && pages > 1)
      (list.current?.children[before.current.shown] as HTMLElement | undefined)?.focus()
    before.current = { pages, shown }
  }, [list, pages, shown])
}

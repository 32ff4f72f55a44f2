import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { FormProblem } from '../../forms/submit.tsx'
import { useTexts } from '../../i18n.ts'
import { asProblem } from '../../problem-answer.ts'
import { Notice } from '../../ui/notice.tsx'
import { useAccount, useDoing } from '../account-context.tsx'
import { call, meQuery } from '../api.ts'

/** In every room of an account that is to be deleted: until when, and the way back. */
export function Leaving() {
  const { t, locale } = useTexts()
  const { me } = useAccount()
  const run = useDoing('data')
  const queries = useQueryClient()
  const said = useRef<HTMLDivElement>(null)
  const undo = useMutation({
    mutationFn: () => run(call('post /api/me/deletion/undo', { body: {} })),
    onSuccess: () => queries.invalidateQueries({ queryKey: meQuery.queryKey }),
  })
  const isLeaving = me.deletionAt !== null
  const before = useRef(isLeaving)
  useEffect(() => {
    // what was pressed is gone, and so is the dialog: what became of it takes the focus
    if (before.current !== isLeaving) said.current?.focus()
    before.current = isLeaving
  }, [isLeaving])

  const date = me.deletionAt && new Intl.DateTimeFormat(locale, { dateStyle: 'long' }).format(new Date(me.deletionAt))
  const isKept = !isLeaving && undo.isSuccess
  return (
    <div ref={said} tabIndex={-1} className={isLeaving || isKept ? 'stack tight' : undefined}>
      <div role="status">
        {date && <Notice kind="warning">{t('data:deletion.planned', { date })}</Notice>}
        {isKept && <Notice kind="success">{t('data:deletion.undone')}</Notice>}
      </div>
      {isLeaving && (
        <>
          <FormProblem problem={undo.error && asProblem(undo.error)} />
          <p>
            <button
              className="button primary slim"
              type="button"
              aria-busy={undo.isPending}
              onClick={() => undo.mutate()}
            >
              {t('data:deletion.undo')}
            </button>
          </p>
        </>
      )}
    </div>
  )
}

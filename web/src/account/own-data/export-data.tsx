import { useMutation } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { FormProblem } from '../../forms/submit.tsx'
import { useTexts } from '../../i18n.ts'
import { asProblem } from '../../problem-answer.ts'
import { Notice } from '../../ui/notice.tsx'
import { useAccount, useDoing } from '../account-context.tsx'
import { call } from '../api.ts'
import { takeTyped } from '../typed.ts'
import { saveFile } from './save-file.ts'

/** What is remembered while the person shows once more that it is them: that they wish for the file. */
const WISH = { form: 'export', values: {} }

/** Everything in one file. Whoever has to prove who they are for it comes back, and it goes on by itself. */
export function ExportData() {
  const { t } = useTexts()
  const { me } = useAccount()
  const run = useDoing('data')
  const { mutate, isPending, isSuccess, error } = useMutation({
    mutationFn: () => run(call('post /api/me/export', { body: {} }), WISH),
    onSuccess: (file) => saveFile(`vestibule-${file.data.exportedAt.slice(0, 10)}.json`, file),
  })
  const began = useRef(false)
  useEffect(() => {
    if (began.current) return
    began.current = true
    if (takeTyped(me.id, WISH.form)) mutate()
  }, [me.id, mutate])
  return (
    <section className="section">
      <header>
        <div>
          <h2>{t('data:export.heading')}</h2>
          <p>{t('data:export.text')}</p>
        </div>
        <button
          className="button secondary slim"
          type="button"
          aria-busy={isPending}
          onClick={() => {
            if (!isPending) mutate()
          }}
        >
          {t('data:export.button')}
        </button>
      </header>
      <FormProblem problem={error && asProblem(error)} />
      <div role="status" className={isSuccess ? 'body' : undefined}>
        {isSuccess && <Notice kind="success">{t('data:export.done')}</Notice>}
      </div>
    </section>
  )
}

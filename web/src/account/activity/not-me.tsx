import { useMutation } from '@tanstack/react-query'
import { accountPath } from '@vestibule/shared/account-pages.ts'
import { useEffect, useRef } from 'react'
import { Link } from 'react-router'
import { FormProblem } from '../../forms/submit.tsx'
import { useTexts } from '../../i18n.ts'
import { asProblem } from '../../problem-answer.ts'
import { Notice } from '../../ui/notice.tsx'
import { useDoing } from '../account-context.tsx'
import { call } from '../api.ts'
import { Confirm } from '../confirm.tsx'

/** "This was not me": everything else ends, and the password is replaced, or gone where a passkey opens the account. */
export function NotMe() {
  const { t } = useTexts()
  const run = useDoing('activity')
  const next = useRef<HTMLAnchorElement>(null)
  // nothing is read again: until the password is replaced, the server answers this browser with nothing else
  const report = useMutation({ mutationFn: () => run(call('post /api/me/not-me', { body: {} })) })
  const isGone = report.data?.password === 'gone'
  useEffect(() => {
    // the button that was pressed is gone
    if (report.isSuccess) next.current?.focus()
  }, [report.isSuccess])

  return (
    <section className="section">
      <header>
        <div>
          <h2>{t('data:not_me.heading')}</h2>
          <p>{t('data:not_me.text')}</p>
        </div>
        {!report.isSuccess && (
          <Confirm
            trigger={<button className="button secondary slim" type="button" aria-busy={report.isPending} />}
            label={t('data:not_me.button')}
            title={t('data:not_me.ask_title')}
            text={t('data:not_me.ask_text')}
            keep={t('data:not_me.keep')}
            confirm={t('data:not_me.confirm')}
            onConfirm={() => report.mutate()}
          />
        )}
      </header>
      <FormProblem problem={report.error && asProblem(report.error)} />
      {report.data && (
        <div className="body stack tight">
          <div role="status">
            <Notice kind="success">{t(isGone ? 'data:not_me.done_by_passkey' : 'data:not_me.done')}</Notice>
          </div>
          <p>
            <Link className="button primary slim" to={accountPath(isGone ? 'security' : 'password')} ref={next}>
              {t(isGone ? 'data:not_me.security' : 'data:not_me.password')}
            </Link>
          </p>
        </div>
      )}
    </section>
  )
}

import { useMutation } from '@tanstack/react-query'
import { FormProblem } from '../../forms/submit.tsx'
import { useTexts } from '../../i18n.ts'
import { asProblem } from '../../problem-answer.ts'
import { useAccount, useDoing } from '../account-context.tsx'
import { call } from '../api.ts'
import { Confirm } from '../confirm.tsx'

/** Ends every session, the one this page runs in too, after being asked. */
export function Everywhere() {
  const { t } = useTexts()
  const { go } = useAccount()
  const run = useDoing('sessions')
  const end = useMutation({
    mutationFn: () => run(call('post /api/me/sessions/end', { body: { session: 'all' } })),
    onSuccess: () => go('/signed-out'),
  })
  return (
    <section className="section">
      <header>
        <div>
          <h2>{t('account:sessions.everywhere')}</h2>
          <p>{t('account:sessions.everywhere_hint')}</p>
        </div>
        <Confirm
          trigger={<button className="button secondary slim" type="button" aria-busy={end.isPending} />}
          label={t('account:sessions.everywhere')}
          title={t('account:end_all.title')}
          text={t('account:end_all.text')}
          keep={t('account:end_all.keep')}
          confirm={t('account:end_all.end')}
          onConfirm={() => end.mutate()}
        />
      </header>
      <FormProblem problem={end.error && asProblem(end.error)} />
    </section>
  )
}

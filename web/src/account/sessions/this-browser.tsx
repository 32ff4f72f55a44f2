import { useMutation } from '@tanstack/react-query'
import type { OwnSession } from '@vestibule/shared/contract/me.ts'
import { FormProblem } from '../../forms/submit.tsx'
import { useTexts } from '../../i18n.ts'
import { asProblem } from '../../problem-answer.ts'
import { useAccount, useDoing } from '../account-context.tsx'
import { call } from '../api.ts'
import { SessionRow } from './session-row.tsx'

/** The session this page runs in, and the way out. */
export function ThisBrowser({ session }: { session: OwnSession }) {
  const { t } = useTexts()
  const { go } = useAccount()
  const run = useDoing('sessions')
  const leave = useMutation({
    mutationFn: () => run(call('post /api/me/sign-out', { body: {} })),
    onSuccess: ({ redirect }) => go(redirect),
  })
  return (
    <section className="section">
      <header>
        <h2>{t('account:sessions.here')}</h2>
        <span className="state on">{t('account:sessions.active')}</span>
      </header>
      <ul className="rows">
        <SessionRow session={session}>
          <button
            className="button quiet slim edge"
            type="button"
            aria-busy={leave.isPending}
            onClick={() => leave.isPending || leave.mutate()}
          >
            {t('common:sign_out')}
          </button>
        </SessionRow>
      </ul>
      <FormProblem problem={leave.error && asProblem(leave.error)} />
    </section>
  )
}

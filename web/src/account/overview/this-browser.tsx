import type { OwnSession } from '@vestibule/shared/contract/me.ts'
import { FormProblem } from '../../forms/submit.tsx'
import { useSubmit } from '../../forms/use-submit.ts'
import { useTexts } from '../../i18n.ts'
import { asProblem } from '../../problem-answer.ts'
import { call } from '../api.ts'
import { type Go, signedIn } from '../signed-in.ts'
import { SessionRow } from './session-row.tsx'

/** The session this page runs in, and the way out. */
export function ThisBrowser({ session, go }: { session: OwnSession; go: Go }) {
  const { t } = useTexts()
  const { problem, pending, onSubmit } = useSubmit(async () => {
    try {
      go((await signedIn(call('post /api/me/sign-out', { body: {} }), go)).redirect)
      return null
    } catch (error) {
      return asProblem(error)
    }
  })
  return (
    <section className="section">
      <header>
        <h2>{t('account:sessions.here')}</h2>
        <span className="state on">{t('account:sessions.active')}</span>
      </header>
      <form onSubmit={onSubmit} noValidate>
        <ul className="rows">
          <SessionRow session={session}>
            <button className="button quiet slim edge" type="submit" aria-busy={pending}>
              {t('common:sign_out')}
            </button>
          </SessionRow>
        </ul>
        <FormProblem problem={problem} />
      </form>
    </section>
  )
}

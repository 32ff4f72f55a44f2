import { FormProblem } from '../../forms/submit.tsx'
import { useTexts } from '../../i18n.ts'
import { asProblem } from '../../problem-answer.ts'
import { Notice } from '../../ui/notice.tsx'
import { useAccount } from '../account-context.tsx'
import { Room } from '../room.tsx'
import { ExportData } from './export-data.tsx'
import type { Stay } from './use-stay.ts'

/** The one room that is left of an account that is about to go: until when, the way back, and what can be taken along. */
export function LeavingRoom({ stay }: { stay: Stay }) {
  const { t, locale } = useTexts()
  const { me } = useAccount()
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'long' }).format(new Date(me.deletionAt ?? 0))
  return (
    <Room title={t('data:leaving.title')} lead={t('data:leaving.lead')}>
      <div className="stack">
        <Notice kind="warning">{t('data:deletion.planned', { date })}</Notice>
        <FormProblem problem={stay.error && asProblem(stay.error)} />
        <p>
          <button className="button primary" type="button" aria-busy={stay.isPending} onClick={() => stay.mutate()}>
            {t('data:deletion.undo')}
          </button>
        </p>
      </div>
      <ExportData />
    </Room>
  )
}

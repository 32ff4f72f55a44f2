import { useEffect } from 'react'
import { useTexts } from '../../i18n.ts'
import type { Leave } from '../../leave.ts'
import { useTitle } from '../../ui/use-title.ts'
import { placeOf, type ScreenProps } from '../actions.ts'
import { LeavingHead } from '../leaving-head.tsx'

/** Leaves for the application. The button is for browsers that open an installed application only after a press. */
export function RedirectScreen({
  step,
  answer,
  leave,
}: Omit<ScreenProps<'redirect'>, 'send' | 'refresh'> & { leave: Leave }) {
  const { t } = useTexts()
  const { redirect } = step
  useEffect(() => leave(redirect), [leave, redirect])
  useTitle(t('login:leaving.heading'), placeOf(answer))

  return (
    <>
      <LeavingHead answer={answer} lead={t('login:leaving.text_away')} />
      <div className="stack">
        <button className="button secondary" type="button" onClick={() => leave(redirect)}>
          {t('common:continue')}
        </button>
      </div>
    </>
  )
}

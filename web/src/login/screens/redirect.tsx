import { useEffect, useRef } from 'react'
import { useTexts } from '../../i18n.ts'
import type { Leave } from '../../leave.ts'
import { useTitle } from '../../ui/use-title.ts'
import { placeOf, type ScreenProps } from '../actions.ts'
import { LeavingHead } from '../leaving-head.tsx'
import { OpenProgram, SignedInHead, useAddressOfItsOwn } from '../signed-in.tsx'

/** Milliseconds: so long a browser may take for what it makes by itself, and no longer. */
const LONGEST = 1_000

/** Leaves for the application. The button is for browsers that open an installed application only after a press. */
export function RedirectScreen({
  step,
  answer,
  leave,
}: Omit<ScreenProps<'redirect'>, 'send' | 'refresh'> & { leave: Leave }) {
  const { t } = useTexts()
  const { redirect, upgrade, stays = false } = step
  useAddressOfItsOwn(stays)
  const isLeaving = useRef(false)
  const onPress = () => {
    isLeaving.current = true
    leave(redirect)
  }
  useEffect(() => {
    const work =
      upgrade && import('../passkey-upgrade.ts').then((passkeys) => passkeys.upgrade(upgrade)).catch(() => undefined)
    if (!work) return leave(redirect)
    const end = new Promise((resolve) => setTimeout(resolve, LONGEST))
    // whoever pressed the button is on the way already
    void Promise.race([work, end]).then(() => isLeaving.current || leave(redirect))
  }, [leave, redirect, upgrade])
  useTitle(t(stays ? 'login:signed_in.heading' : 'login:leaving.heading'), placeOf(answer))

  if (stays) {
    const application = answer.application?.name ?? null
    return (
      <>
        <SignedInHead application={application} />
        <OpenProgram application={application} onPress={onPress} />
      </>
    )
  }
  return (
    <>
      <LeavingHead answer={answer} lead={t('login:leaving.text_away')} />
      <div className="stack">
        <button className="button secondary" type="button" onClick={onPress}>
          {t('common:continue')}
        </button>
      </div>
    </>
  )
}

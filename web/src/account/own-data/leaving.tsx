import { type ReactNode, useEffect, useRef } from 'react'
import { useTexts } from '../../i18n.ts'
import { Notice } from '../../ui/notice.tsx'
import { LeavingRoom } from './leaving-room.tsx'
import { useStay } from './use-stay.ts'

/** The rooms of an account, or the one that is left when it is about to go. Whoever keeps it is told so, where they were. */
export function Leaving({ children }: { children: ReactNode }) {
  const { t } = useTexts()
  const stay = useStay()
  const { isLeaving, isKept } = stay
  const place = useRef<HTMLDivElement>(null)
  const before = useRef(isLeaving)
  useEffect(() => {
    // what was pressed is gone, and so is the dialog: what became of it takes the focus
    if (before.current !== isLeaving) place.current?.querySelector<HTMLElement>('.kept, h1')?.focus()
    before.current = isLeaving
  }, [isLeaving])
  return (
    <div ref={place} className="rooms-of">
      <div role="status" tabIndex={-1} className={isKept ? 'kept' : 'unseen'}>
        {isKept && <Notice kind="success">{t('data:deletion.undone')}</Notice>}
      </div>
      {isLeaving ? <LeavingRoom stay={stay} /> : children}
    </div>
  )
}

import type { BrandingView } from '@vestibule/shared/branding.ts'
import type { ReactNode, Ref } from 'react'
import { useTexts } from '../i18n.ts'
import { Foot } from '../ui/foot.tsx'
import { Logo } from '../ui/logo.tsx'

type Props = {
  branding: BrandingView
  /** At the end of the bar: whose account this is. */
  corner?: ReactNode
  /** Beside the page: the way to the others. */
  rooms?: ReactNode
  /** The page, for whoever moves the focus. */
  page?: Ref<HTMLElement>
  busy?: boolean
  children: ReactNode
}

/** The account pages: whose house it is, the rooms, the page, and the foot. */
export function Portal({ branding, corner, rooms, page, busy = false, children }: Props) {
  const { t } = useTexts()
  return (
    <div className="portal">
      <a className="skip button secondary" href="#page-content">
        {t('account:skip')}
      </a>
      <header className="bar">
        <Logo name={branding.name} />
        {corner}
      </header>
      <div className="desk">
        {rooms}
        <main id="page-content" tabIndex={-1} ref={page} aria-busy={busy}>
          {children}
        </main>
      </div>
      <Foot entry="app" branding={branding} />
    </div>
  )
}

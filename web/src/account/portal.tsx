import type { BrandingView } from '@vestibule/shared/branding.ts'
import type { ReactNode } from 'react'
import { Foot } from '../ui/foot.tsx'
import { Logo } from '../ui/logo.tsx'

/** The account pages: whose house it is, the page, and the foot. `corner` stands at the end of the bar. */
export function Portal({
  branding,
  corner,
  children,
}: {
  branding: BrandingView
  corner?: ReactNode
  children: ReactNode
}) {
  return (
    <div className="portal">
      <header className="bar">
        <Logo name={branding.name} />
        {corner}
      </header>
      <div className="desk">
        <main>{children}</main>
      </div>
      <Foot entry="app" branding={branding} />
    </div>
  )
}

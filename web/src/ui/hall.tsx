import type { Entry } from '@vestibule/locales'
import type { BrandingView } from '@vestibule/shared/branding.ts'
import type { ReactNode, Ref } from 'react'
import { Doorways } from './doorways.tsx'
import { Foot } from './foot.tsx'
import { Logo } from './logo.tsx'

type Props = {
  branding: BrandingView
  entry: Entry
  children: ReactNode
  /** The card, for whoever moves the focus. */
  card?: Ref<HTMLElement>
}

/** One card in a hall: whose house it is, one thing to do, and the foot. */
export function Hall({ branding, entry, children, card }: Props) {
  return (
    <>
      <Doorways tagline={branding.tagline} />
      <div className="hall">
        <main className="card" ref={card}>
          <div className="inner">
            <div className="card-head">
              <Logo name={branding.name} />
            </div>
            {children}
          </div>
        </main>
        <Foot entry={entry} branding={branding} />
      </div>
    </>
  )
}

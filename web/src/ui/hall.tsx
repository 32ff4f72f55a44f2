import type { Entry } from '@vestibule/locales'
import type { BrandingView } from '@vestibule/shared/branding.ts'
import type { ReactNode, Ref } from 'react'
import { useTexts } from '../i18n.ts'
import { Doorways } from './doorways.tsx'
import { Foot } from './foot.tsx'
import { Logo } from './logo.tsx'

type Props = {
  branding: BrandingView
  entry: Entry
  children: ReactNode
  /** The card, for whoever moves the focus. */
  card?: Ref<HTMLElement>
  /** Which step of how many this is. */
  progress?: { at: number; of: number } | null
}

/** One card in a hall: whose house it is, one thing to do, and the foot. */
export function Hall({ branding, entry, children, card, progress }: Props) {
  return (
    <>
      <Doorways tagline={branding.tagline} />
      <div className="hall">
        <main className="card" ref={card}>
          {progress && <Transom {...progress} />}
          <div className="inner">
            <div className="card-head">
              <Logo name={branding.name} />
              {progress && <StepInWords {...progress} />}
            </div>
            {children}
          </div>
        </main>
        <Foot entry={entry} branding={branding} />
      </div>
    </>
  )
}

type Progress = { at: number; of: number }

/** Panes at the top of the card, one a step; those that are behind are lit. */
const Transom = ({ at, of }: Progress) => (
  <p className="transom" aria-hidden="true">
    {Array.from({ length: of }, (_, before) => before + 1).map((pane) => (
      <i key={pane} className={pane <= at ? 'lit' : ''} />
    ))}
  </p>
)

function StepInWords(progress: Progress) {
  const { t } = useTexts()
  return <span className="step">{t('common:step', progress)}</span>
}

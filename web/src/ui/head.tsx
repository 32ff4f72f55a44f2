import type { ReactNode } from 'react'

type Props = {
  heading: ReactNode
  lead?: ReactNode
  /** An icon above the heading, where the page is about an outcome. */
  icon?: ReactNode
  tone?: 'good' | 'bad'
  children?: ReactNode
}

/** The heading of a page, which takes the focus, and what is said below it. */
export function Head({ heading, lead, icon, tone, children }: Props) {
  return (
    <div className="head">
      {icon && (
        <span className={`big ${tone ?? ''} glyph`} aria-hidden="true">
          {icon}
        </span>
      )}
      <h1 tabIndex={-1}>{heading}</h1>
      {lead && <p className="soft">{lead}</p>}
      {children}
    </div>
  )
}

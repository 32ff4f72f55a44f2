import { type ReactNode, useEffect, useRef } from 'react'

type Props = {
  heading: ReactNode
  lead?: ReactNode
  /** An icon above the heading, where the page is about an outcome. */
  icon?: ReactNode
  tone?: 'good' | 'bad'
  children?: ReactNode
  /** For a heading that changes within a step: what was pressed is gone, and the heading takes the focus. */
  takesFocus?: boolean
}

/** The heading of a page, which takes the focus, and what is said below it. */
export function Head({ heading, lead, icon, tone, children, takesFocus = false }: Props) {
  const title = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (takesFocus) title.current?.focus()
  }, [takesFocus])
  return (
    <div className="head">
      {icon && (
        <span className={`big ${tone ?? ''} glyph`} aria-hidden="true">
          {icon}
        </span>
      )}
      <h1 tabIndex={-1} ref={title}>
        {heading}
      </h1>
      {lead && <p className="soft">{lead}</p>}
      {children}
    </div>
  )
}

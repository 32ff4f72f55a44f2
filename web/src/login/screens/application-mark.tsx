import { useState } from 'react'
import { isHttps } from '../../ui/https-link.tsx'

/** The picture of an application, or the first letter of its name, which also stands where the picture does not come. Decoration. */
export function ApplicationMark({ name, logo }: { name: string; logo: string | null | undefined }) {
  const [isMissing, setMissing] = useState(false)
  if (!logo || !isHttps(logo) || isMissing) return <span className="glyph">{[...name][0]}</span>
  return (
    <span className="glyph pictured">
      <img src={logo} alt="" referrerPolicy="no-referrer" onError={() => setMissing(true)} />
    </span>
  )
}

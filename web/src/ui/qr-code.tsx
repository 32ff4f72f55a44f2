type Props = { code: { size: number; path: string }; label: string }

/** Drawn by the server, a unit for each module. */
export function QrCode({ code, label }: Props) {
  return (
    <div className="qr">
      <svg viewBox={`0 0 ${code.size} ${code.size}`} role="img" aria-label={label} shapeRendering="crispEdges">
        <path d={code.path} />
      </svg>
    </div>
  )
}

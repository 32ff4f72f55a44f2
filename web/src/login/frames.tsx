import { useEffect, useRef } from 'react'

/** Milliseconds; an application that does not answer keeps nobody longer. */
const PATIENCE = 3_000

/** Tells applications that a session is over by loading their addresses, unseen, and says once when all were or the time is up. */
export function Frames({ frames, onTold }: { frames: readonly string[]; onTold: () => void }) {
  const waiting = useRef(frames.length)
  const told = useRef(onTold)
  useEffect(() => {
    if (waiting.current === 0) {
      told.current()
      return
    }
    const timer = setTimeout(() => told.current(), PATIENCE)
    return () => clearTimeout(timer)
  }, [])
  const onLoad = () => {
    waiting.current -= 1
    if (waiting.current === 0) told.current()
  }
  return (
    <div hidden>
      {frames.map((frame) => (
        <iframe key={frame} src={frame} title={new URL(frame).host} onLoad={onLoad} />
      ))}
    </div>
  )
}

import { useEffect, useState } from 'react'

/** Whether the code of this step is over. A new code is another step. */
export function useIsOver(step: { endsIn: number }): boolean {
  const [over, setOver] = useState(step.endsIn <= 0)
  useEffect(() => {
    setOver(step.endsIn <= 0)
    const timer = setTimeout(() => setOver(true), step.endsIn * 1000)
    return () => clearTimeout(timer)
  }, [step])
  return over
}

import { useEffect, useState } from 'react'

type Step = { endsIn: number }

/** Whether the code of this step is over. A new code is another step, and is not over at once. */
export function useIsOver(step: Step): boolean {
  const [over, setOver] = useState<Step | null>(null)
  useEffect(() => {
    const timer = setTimeout(() => setOver(step), step.endsIn * 1000)
    return () => clearTimeout(timer)
  }, [step])
  return step.endsIn <= 0 || over === step
}

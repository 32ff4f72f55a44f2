import { type RefObject, useEffect, useState } from 'react'
import { onCode, takeCode } from './offered-code.ts'

/** Fills in what a link brought, here or in another tab, and says so. It is sent by nobody but the person. */
export function useOfferedCode(request: string, form: RefObject<HTMLFormElement | null>): boolean {
  const [isFilled, setFilled] = useState(false)
  useEffect(() => {
    const fill = (code: string) => {
      const field = form.current?.elements.namedItem('code')
      if (field instanceof HTMLInputElement) field.value = code
      setFilled(true)
    }
    const kept = takeCode(request)
    if (kept) fill(kept)
    return onCode(request, fill)
  }, [request, form])
  return isFilled
}

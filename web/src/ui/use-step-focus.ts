import { type RefObject, useEffect, useRef } from 'react'

const FIELDS = 'input:not([type=hidden],[type=checkbox],[type=radio],[hidden])'

/**
 * Where the focus goes when a new step is drawn.
 *
 * A step without a field to type in: to its heading, which is read out. A step with one: into that field, so that a password can be
 * typed right after the identifier and a phone keeps its keyboard open; its heading is said by the status region meanwhile.
 * When the page is loaded, only a field takes the focus: a screen reader begins at the top by itself.
 * An answer that removes the focused element (an account taken off the list) sends the focus to the heading as well.
 */
export function useStepFocus(
  card: RefObject<HTMLElement | null>,
  status: RefObject<HTMLElement | null>,
  step: string,
  answer: unknown,
) {
  const before = useRef<string | null>(null)
  useEffect(() => {
    const heading = card.current?.querySelector('h1')
    const isFirst = before.current === null
    const isNew = before.current !== step
    before.current = step
    if (!isNew) {
      if (document.activeElement === document.body) heading?.focus()
      return
    }
    const field = card.current?.querySelector<HTMLInputElement>(FIELDS)
    if (field) field.focus()
    else if (!isFirst) heading?.focus()
    if (status.current) status.current.textContent = field && !isFirst ? (heading?.textContent ?? '') : ''
  }, [card, status, step, answer])
}

import { type FormEvent, startTransition, useActionState, useEffect, useRef } from 'react'
import type { ProblemAnswer } from '../problem-answer.ts'

/**
 * A form that is sent once at a time and keeps what was typed. `send` answers with the problem, or null; when it is a
 * field's, that field takes the focus; when it is of several, their summary does.
 *
 * `onSubmit` and not `<form action>`: React empties uncontrolled fields after a form action, failed ones included.
 */
export function useSubmit(send: (form: FormData) => Promise<ProblemAnswer | null>) {
  const busy = useRef(false)
  const element = useRef<HTMLFormElement>(null)
  const [problem, dispatch, pending] = useActionState(async (_before: ProblemAnswer | null, form: FormData) => {
    try {
      return await send(form)
    } finally {
      busy.current = false
    }
  }, null)

  useEffect(() => {
    const form = element.current
    if (problem)
      (form?.querySelector<HTMLElement>('.summary') ?? form?.querySelector<HTMLElement>('[aria-invalid=true]'))?.focus()
  }, [problem])

  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (busy.current) return
    busy.current = true
    element.current = event.currentTarget
    const form = new FormData(event.currentTarget, (event.nativeEvent as SubmitEvent).submitter)
    startTransition(() => dispatch(form))
  }
  return { problem, pending, onSubmit }
}

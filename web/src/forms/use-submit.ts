import { type FormEvent, type SetStateAction, useEffect, useRef, useState } from 'react'
import type { ProblemAnswer } from '../problem-answer.ts'

/**
 * A form that is sent once at a time and keeps what was typed. `send` answers with the problem, or null; when it is a
 * field's, that field takes the focus; when it is of several, their summary does.
 *
 * `onSubmit` and not `<form action>`: React empties uncontrolled fields after a form action, failed ones included. And no transition: one
 * whose answer leads away never ends, and everything that React defers would wait for it, in a tab that stays for whatever reason.
 */
export function useSubmit(send: (form: FormData) => Promise<ProblemAnswer | null>) {
  const busy = useRef(false)
  const element = useRef<HTMLFormElement>(null)
  const [problem, setProblem] = useState<ProblemAnswer | null>(null)
  const [pending, setPending] = useState(false)

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
    setPending(true)
    const end = (answer: SetStateAction<ProblemAnswer | null>) => {
      busy.current = false
      setPending(false)
      setProblem(answer)
    }
    // what was thrown is a bug, and thrown again where the page draws those
    send(form).then(end, (bug: unknown) => end(() => rethrow(bug)))
  }
  return { problem, pending, onSubmit }
}

function rethrow(bug: unknown): never {
  throw bug
}

import { useTexts } from '../i18n.ts'
import type { ProblemAnswer } from '../problem-answer.ts'
import { missing } from '../problem-answer.ts'
import { Field } from './field.tsx'

const NAME = 'code'

type Props = {
  label: string
  /** Six digits, or eight signs. */
  of: 'digits' | 'signs'
  problem: ProblemAnswer | null
}

/** One field for a whole code. Spaces, dashes and a pasted line of the message are borne: the server finds the code in them. */
export function CodeField({ label, of, problem }: Props) {
  const error = useCodeProblem(problem)
  return (
    <Field
      className="code"
      name={NAME}
      label={label}
      type="text"
      inputMode={of === 'digits' ? 'numeric' : 'text'}
      autoComplete="one-time-code"
      maxLength={500}
      error={error}
      required
    />
  )
}

/** What was typed, or that nothing was. */
export function codeIn(form: FormData): string | ProblemAnswer {
  const code = String(form.get(NAME)).trim()
  return code === '' ? missing(NAME) : code
}

const OF_CODES = new Set(['code_wrong', 'code_expired'])

/** Whether a problem stands beside the field already. */
export const isOfCode = (problem: ProblemAnswer | null): boolean =>
  problem !== null && (OF_CODES.has(problem.code) || (problem.fields[NAME] ?? []).length > 0)

/** A wrong code says how often it may still be tried; after the last time the way to a new one is below. */
function useCodeProblem(problem: ProblemAnswer | null): string | null {
  const { t } = useTexts()
  if (problem === null) return null
  if (problem.code === 'code_wrong' && problem.triesLeft !== null)
    return t('common:code.wrong', { count: problem.triesLeft })
  if (problem.code === 'code_wrong' || problem.code === 'code_expired') return t(`errors:${problem.code}`)
  const [first] = problem.fields[NAME] ?? []
  return first ? t(`errors:field.${first}`) : null
}

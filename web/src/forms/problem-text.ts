import { FIELD_PROBLEMS } from '@vestibule/shared/problem.ts'
import { useTexts } from '../i18n.ts'
import type { ProblemAnswer } from '../problem-answer.ts'
import { fromNow } from '../ui/from-now.ts'

/** The sentences for a problem: `whole` for the form, `field` for one of its inputs (null when nothing is wrong with it). */
export function useProblemText() {
  const { t, locale } = useTexts()
  return {
    whole(problem: ProblemAnswer): string {
      if (problem.code === 'too_many_attempts' && problem.retryAfter !== null) {
        return t('errors:too_many_attempts_until', { when: fromNow(locale, problem.retryAfter) })
      }
      return t(`errors:${problem.code}`)
    },
    field(problem: ProblemAnswer | null, name: string): string | null {
      const [first] = problem?.fields[name] ?? []
      return first ? t(`errors:field.${first}`) : null
    },
    /** What a form found wrong with a field before it asked the server, by its name. */
    named(problem: string | undefined): string | null {
      const known = FIELD_PROBLEMS.find((name) => name === problem)
      return known ? t(`errors:field.${known}`) : null
    },
  }
}

import { useTexts } from '../i18n.ts'
import type { ProblemAnswer } from '../problem-answer.ts'

const MINUTE = 60

/** `{{when}}` for a wait in seconds: "in 40 seconds", "in 3 minutes". */
function fromNow(locale: string, seconds: number) {
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'always' })
  return seconds < 2 * MINUTE ? format.format(seconds, 'second') : format.format(Math.ceil(seconds / MINUTE), 'minute')
}

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
  }
}

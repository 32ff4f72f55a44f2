import type { ProblemAnswer } from '../problem-answer.ts'
import { Notice } from '../ui/notice.tsx'
import { useProblemText } from './problem-text.ts'

type Props = {
  children: string
  pending: boolean
  /** What went wrong with the form as a whole; what is wrong with a field stands beside the field. */
  problem: ProblemAnswer | null
}

/** The one primary button of a page, with the problem above it. It keeps its label, its place and the focus while busy. */
export function Submit({ children, pending, problem }: Props) {
  return (
    <>
      <FormProblem problem={problem} />
      <button className="button primary" type="submit" aria-busy={pending}>
        {children}
      </button>
    </>
  )
}

/** The live region is there before the problem is, so that it is read out. */
export function FormProblem({ problem }: { problem: ProblemAnswer | null }) {
  const text = useProblemText()
  return (
    <div role="alert" className="announce">
      {problem && <Notice kind="danger">{text.whole(problem)}</Notice>}
    </div>
  )
}

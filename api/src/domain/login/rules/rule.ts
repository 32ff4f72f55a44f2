import type { LoginFacts } from '../facts.ts'
import type { LoginStep } from '../steps.ts'
import type { Subject } from '../subject.ts'

export type Rule = (facts: LoginFacts, subject: Subject | null) => LoginStep | null

/** For rules about somebody; they do not apply before it is said who. */
export const about =
  (rule: (facts: LoginFacts, subject: Subject) => LoginStep | null): Rule =>
  (facts, subject) =>
    subject && rule(facts, subject)

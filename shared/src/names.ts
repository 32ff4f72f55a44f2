import { z } from 'zod'
import { LONGEST_NAME, NAME, nameProblem, tidyName } from './name-rule.ts'

/** A name of a person in a request or a file; it comes out tidy. */
export const personName = (of: string) =>
  z
    .string()
    .overwrite(tidyName)
    .min(1, { error: 'must not be empty', abort: true })
    .superRefine((name, { addIssue }) => {
      const problem = nameProblem(name)
      if (problem === 'too_long') addIssue(tooLong(name))
      else if (problem) addIssue({ code: 'custom', message: 'must be one line with a letter in it' })
    })
    .meta({ description: of, maxLength: LONGEST_NAME, pattern: NAME.source })

const tooLong = (input: string) => ({
  code: 'too_big' as const,
  origin: 'string' as const,
  maximum: LONGEST_NAME,
  input,
  message: `must not be longer than ${LONGEST_NAME} characters`,
})

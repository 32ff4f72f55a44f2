import { type QueryKey, type UseQueryOptions, useQuery } from '@tanstack/react-query'
import { ProblemAnswer } from '../../problem-answer.ts'

/** Looks at a one-time link, which uses nothing up. `isBad`: it works no more, or never did. */
export function useLink<Found, Key extends QueryKey>(query: UseQueryOptions<Found, Error, Found, Key>) {
  const { data, error } = useQuery(query)
  const problem = error instanceof ProblemAnswer ? error : null
  return { data, problem, isBad: problem?.code === 'code_invalid' }
}

import { QueryClient, queryOptions } from '@tanstack/react-query'
import type { meRoutes } from '@vestibule/shared/contract/me.ts'
import type { passwordSetupRoutes } from '@vestibule/shared/contract/password-setup.ts'
import { createCall } from '../call.ts'
import { ProblemAnswer } from '../problem-answer.ts'

export const call = createCall<typeof meRoutes & typeof passwordSetupRoutes>()

/** Only what may pass by itself is tried again: an answer with a code is an answer. */
const mayPass = (error: Error) =>
  error instanceof ProblemAnswer && (error.code === 'unreachable' || error.code === 'temporarily_unavailable')

export const createQueries = () =>
  new QueryClient({
    defaultOptions: { queries: { retry: (count, error) => count < 2 && mayPass(error), staleTime: 10_000 } },
  })

export const meQuery = queryOptions({ queryKey: ['me'], queryFn: () => call('get /api/me') })
export const sessionsQuery = queryOptions({
  queryKey: ['sessions'],
  queryFn: async () => (await call('get /api/me/sessions')).sessions,
})

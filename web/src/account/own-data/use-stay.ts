import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useAccount, useDoing } from '../account-context.tsx'
import { call, meQuery } from '../api.ts'

/** The way back of an account that is about to go: whether it goes, whether it was kept just now, and how to keep it. */
export function useStay() {
  const { me } = useAccount()
  const run = useDoing('data')
  const queries = useQueryClient()
  const undo = useMutation({
    mutationFn: () => run(call('post /api/me/deletion/undo', { body: {} })),
    onSuccess: () => queries.invalidateQueries({ queryKey: meQuery.queryKey }),
  })
  const { isPending, error, mutate } = undo
  return {
    isLeaving: me.deletionAt !== null,
    isKept: me.deletionAt === null && undo.isSuccess,
    isPending,
    error,
    mutate,
  }
}
export type Stay = ReturnType<typeof useStay>

import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { asProblem, ProblemAnswer } from '../../problem-answer.ts'
import { useAccount, useDoing } from '../account-context.tsx'
import { call, meQuery, profileQuery } from '../api.ts'
import { type Prepared, preparePicture } from './prepare-picture.ts'
import { sendPicture } from './send-picture.ts'

type Outcome = 'saved' | 'removed' | 'undone'

/** The picture of the account: one is chosen, looked at, and then taken or not; whatever was done can be undone once. */
export function usePicture() {
  const { me } = useAccount()
  const run = useDoing('profile')
  const queries = useQueryClient()
  const [chosen, setChosen] = useState<Prepared | null>(null)
  const [problem, setProblem] = useState<ProblemAnswer | null>(null)
  const [outcome, setOutcome] = useState<Outcome | null>(null)
  /** What was there before, to be put back: a picture, or null for none. */
  const [before, setBefore] = useState<{ picture: Blob | null } | null>(null)
  /** The share that is on its way, or null when nothing is being done. */
  const [progress, setProgress] = useState<number | null>(null)

  const start = () => {
    setProblem(null)
    setOutcome(null)
    setBefore(null)
  }
  const choose = async (file: File) => {
    start()
    const prepared = await preparePicture(file)
    setChosen(prepared)
    if (!prepared) setProblem(new ProblemAnswer({ code: 'picture_refused' }))
  }
  const leave = () => {
    start()
    setChosen(null)
  }
  /** Puts a picture in the place of the present one, or none. */
  const put = async (picture: Blob | null, done: Outcome) => {
    if (progress !== null) return
    start()
    setProgress(0)
    const kept = done === 'undone' ? undefined : await contentOf(me.picture)
    try {
      const work = picture ? sendPicture(picture, setProgress) : call('post /api/me/avatar/remove', { body: {} })
      const answer = await run<{ picture: string | null }>(work)
      queries.setQueryData(meQuery.queryKey, { ...me, ...answer })
      // its version moved on
      void queries.invalidateQueries({ queryKey: profileQuery.queryKey })
      setChosen(null)
      setOutcome(done)
      if (kept !== undefined) setBefore({ picture: kept })
    } catch (error) {
      setProblem(asProblem(error))
    } finally {
      setProgress(null)
    }
  }
  return {
    chosen,
    problem,
    outcome,
    progress,
    choose,
    leave,
    take: () => put(chosen?.blob ?? null, 'saved'),
    remove: () => put(null, 'removed'),
    undo: before && (() => put(before.picture, 'undone')),
  }
}

/** The picture itself, before it is gone; undefined where it can not be had. */
const contentOf = async (path: string | null): Promise<Blob | null | undefined> => {
  if (path === null) return null
  const answer = await fetch(path).catch(() => null)
  return answer?.ok ? answer.blob() : undefined
}

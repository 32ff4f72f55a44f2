import { useQueryClient } from '@tanstack/react-query'
import type { OwnPasskey, OwnPasskeys } from '@vestibule/shared/contract/own-passkeys.ts'
import { useState } from 'react'
import { asProblem, type ProblemAnswer } from '../../problem-answer.ts'
import { createPasskey, type NoPasskey, signalPasskeys } from '../../webauthn.ts'
import { useDoing } from '../account-context.tsx'
import { call, passkeysQuery } from '../api.ts'

/** What the last thing that was done came to. */
export type Outcome = { kind: 'added' | NoPasskey } | { kind: 'removed'; name: string } | { kind: 'renamed' } | null

/** What can be done with the own passkeys; after each change the browser is told. */
export function usePasskeys() {
  const run = useDoing('passkeys')
  const queries = useQueryClient()
  const [outcome, setOutcome] = useState<Outcome>(null)

  const show = (passkeys: OwnPasskeys) => {
    queries.setQueryData(passkeysQuery.queryKey, passkeys)
    if (passkeys.signal) void signalPasskeys(passkeys.signal)
  }
  async function attempt(work: () => Promise<Outcome>): Promise<ProblemAnswer | null> {
    setOutcome(null)
    try {
      setOutcome(await work())
      return null
    } catch (error) {
      return asProblem(error)
    }
  }

  return {
    outcome,
    add: () =>
      attempt(async () => {
        const { options } = await run(call('post /api/me/passkeys/options', { body: {} }))
        const credential = await createPasskey(options)
        if (typeof credential === 'string') return { kind: credential }
        show(await run(call('post /api/me/passkeys', { body: { credential } })))
        return { kind: 'added' }
      }),
    rename: ({ id }: OwnPasskey, label: string | null) =>
      attempt(async () => {
        show(await run(call('post /api/me/passkeys/rename', { body: { id, label } })))
        return { kind: 'renamed' }
      }),
    remove: ({ id }: OwnPasskey, name: string) =>
      attempt(async () => {
        show(await run(call('post /api/me/passkeys/remove', { body: { id } })))
        return { kind: 'removed', name }
      }),
  }
}

import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { ChangedFactors, OwnFactors } from '@vestibule/shared/contract/own-factors.ts'
import { useEffect, useRef, useState } from 'react'
import { type Texts, useTexts } from '../../i18n.ts'
import { asProblem, type ProblemAnswer } from '../../problem-answer.ts'
import { Notice } from '../../ui/notice.tsx'
import { signalPasskeys } from '../../webauthn.ts'
import { useDoing } from '../account-context.tsx'
import { factorsQuery, trustedQuery } from '../api.ts'
import { Room } from '../room.tsx'
import { NewCodes } from './new-codes.tsx'
import { RecoveryCodes } from './recovery-codes.tsx'
import { SecondFactors } from './second-factors.tsx'
import { TrustedDevices } from './trusted-devices.tsx'
import { WhatIf } from './what-if.tsx'

/** What the page says when something is done, in whatever language it is in then. */
type Say = (t: Texts) => string
/** Sends something about the factors. Out: the problem, or null. */
export type SendFactors = (work: Promise<ChangedFactors>, say?: Say) => Promise<ProblemAnswer | null>

/** The second factors, the codes for the day when all is lost, and what would be left then. */
export function SecurityPage() {
  const { t } = useTexts()
  const { data } = useQuery(factorsQuery)
  return (
    <Room title={t('security:own.title')} lead={t('security:own.lead')}>
      {data && <Factors factors={data} />}
    </Room>
  )
}

function Factors({ factors }: { factors: OwnFactors }) {
  const { t } = useTexts()
  const run = useDoing('security')
  const queries = useQueryClient()
  const [said, setSaid] = useState<{ say: Say } | null>(null)
  const [codes, setCodes] = useState<string[] | null>(null)
  const status = useRef<HTMLDivElement>(null)
  // the button that was pressed is gone
  useEffect(() => {
    if (said !== null) status.current?.focus()
  }, [said])

  const send: SendFactors = async (work, say) => {
    setSaid(null)
    try {
      const changed = await run(work)
      queries.setQueryData(factorsQuery.queryKey, changed.factors)
      // what rested on a factor goes with it
      await queries.invalidateQueries({ queryKey: trustedQuery.queryKey })
      if (changed.newCodes) setCodes(changed.newCodes)
      if (changed.signal) void signalPasskeys(changed.signal)
      setSaid(say ? { say } : null)
      return null
    } catch (error) {
      return asProblem(error)
    }
  }

  return (
    <>
      <div role="status" tabIndex={-1} ref={status} className="announce">
        {said !== null && <Notice kind="success">{said.say(t)}</Notice>}
      </div>
      {codes && <NewCodes codes={codes} onKept={() => setCodes(null)} />}
      <SecondFactors factors={factors} send={send} onBegin={() => setSaid(null)} />
      {factors.recoveryCodes && <RecoveryCodes left={factors.recoveryCodes.left} send={send} />}
      <TrustedDevices />
      {factors.whatIf.map((loss) => (
        <WhatIf key={loss.loss} {...loss} />
      ))}
    </>
  )
}

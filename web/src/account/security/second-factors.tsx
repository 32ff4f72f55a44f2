import type { OwnFactors } from '@vestibule/shared/contract/own-factors.ts'
import type { SecondFactor } from '@vestibule/shared/factors.ts'
import { useState } from 'react'
import { FormProblem } from '../../forms/submit.tsx'
import { useTexts } from '../../i18n.ts'
import type { ProblemAnswer } from '../../problem-answer.ts'
import { MethodIcon } from '../../ui/method-icon.tsx'
import { call } from '../api.ts'
import { AddFactor } from './add-factor.tsx'
import { FactorRow } from './factor-row.tsx'
import type { SendFactors } from './security-page.tsx'

type Props = { factors: OwnFactors; send: SendFactors; onBegin: () => void }

/** What is asked for after the first proof: what there is, and what could be set up. */
export function SecondFactors({ factors, send, onBegin }: Props) {
  const { t } = useTexts()
  const [adding, setAdding] = useState<SecondFactor | null>(null)
  const [problem, setProblem] = useState<ProblemAnswer | null>(null)
  const available = factors.available.filter((type) => type !== adding)
  const begin = async (type: SecondFactor) => {
    onBegin()
    const refusal = type === 'totp' ? await send(call('post /api/me/factors/totp', { body: {} })) : null
    setProblem(refusal)
    if (!refusal) setAdding(type)
  }
  return (
    <section className="section">
      <header>
        <div>
          <h2>{t('security:own.second')}</h2>
          <p>{t('security:own.second_hint')}</p>
        </div>
      </header>
      <FormProblem problem={problem} />
      {factors.factors.length === 0 && <p className="note">{t('security:own.none')}</p>}
      {(factors.factors.length > 0 || available.length > 0) && (
        <ul className="rows">
          {factors.factors.map((factor) => (
            <FactorRow key={factor.id} factor={factor} send={send} onProblem={setProblem} />
          ))}
          {available.map((type) => (
            <li key={type} className="row wrap">
              <span className="glyph" aria-hidden="true">
                <MethodIcon method={type} />
              </span>
              <span className="grow">
                <strong>{t(`factors:names.${type}`)}</strong>
                <small>{t(`factors:about.${type}`)}</small>
              </span>
              <button className="button quiet slim edge" type="button" onClick={() => void begin(type)}>
                <span aria-hidden="true">{t('security:own.add')}</span>
                <span className="unseen">{t('security:own.add_named', { name: t(`factors:names.${type}`) })}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      {adding && <AddFactor type={adding} factors={factors} send={send} onDone={() => setAdding(null)} />}
    </section>
  )
}

import type { OwnFactor, OwnFactors } from '@vestibule/shared/contract/own-factors.ts'
import type { SecondFactor } from '@vestibule/shared/factors.ts'
import { useState } from 'react'
import { FormProblem } from '../../forms/submit.tsx'
import { useTexts } from '../../i18n.ts'
import type { ProblemAnswer } from '../../problem-answer.ts'
import { MethodIcon } from '../../ui/method-icon.tsx'
import { call } from '../api.ts'
import { Confirm } from '../confirm.tsx'
import { useSessionWords } from '../sessions/session-words.ts'
import { AddFactor } from './add-factor.tsx'
import type { SendFactors } from './security-page.tsx'

/** What is asked for after the first proof: what there is, and what could be set up. */
export function SecondFactors({ factors, send }: { factors: OwnFactors; send: SendFactors }) {
  const { t } = useTexts()
  const [adding, setAdding] = useState<SecondFactor | null>(null)
  const [problem, setProblem] = useState<ProblemAnswer | null>(null)
  const available = factors.available.filter((type) => type !== adding)
  const begin = async (type: SecondFactor) => {
    const refusal = type === 'totp' ? await send(call('post /api/me/factors/totp', { body: {} })) : null
    setProblem(refusal)
    if (!refusal) setAdding(type)
  }
  return (
    <section className="section">
      <header>
        <div>
          <h2>{t('factors:own.second')}</h2>
          <p>{t('factors:own.second_hint')}</p>
        </div>
      </header>
      <FormProblem problem={problem} />
      {factors.factors.length === 0 && <p className="note">{t('factors:own.none')}</p>}
      {(factors.factors.length > 0 || available.length > 0) && (
        <ul className="rows">
          {factors.factors.map((factor) => (
            <Row key={factor.id} factor={factor} send={send} onProblem={setProblem} />
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
              <button className="button quiet slim" type="button" onClick={() => void begin(type)}>
                <span aria-hidden="true">{t('factors:own.add')}</span>
                <span className="unseen">{t('factors:own.add_named', { name: t(`factors:names.${type}`) })}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      {adding && <AddFactor type={adding} factors={factors} send={send} onDone={() => setAdding(null)} />}
    </section>
  )
}

type RowProps = { factor: OwnFactor; send: SendFactors; onProblem: (problem: ProblemAnswer | null) => void }

function Row({ factor, send, onProblem }: RowProps) {
  const { t } = useTexts()
  const words = useSessionWords()
  const { id, type, label, createdAt, lastUsedAt, isAllowed, isRemovable } = factor
  const name = label ?? t(`factors:names.${type}`)
  const remove = async () =>
    onProblem(await send(call('post /api/me/factors/remove', { body: { id } }), t('factors:own.was_removed', { name })))
  return (
    <li className="row wrap">
      <span className="glyph" aria-hidden="true">
        <MethodIcon method={type} />
      </span>
      <span className="grow">
        <strong>{name}</strong>
        <small>{t('factors:own.added_on', { date: words.day(createdAt) })}</small>
        <small>
          {lastUsedAt ? t('factors:own.used_on', { date: words.day(lastUsedAt) }) : t('factors:own.never_used')}
        </small>
        {!isAllowed && <small>{t('factors:own.not_allowed')}</small>}
        {!isRemovable && <small>{t('factors:own.last')}</small>}
      </span>
      {isRemovable && (
        <Confirm
          trigger={
            <button className="button quiet slim" type="button" aria-label={t('factors:own.remove_named', { name })} />
          }
          label={t('factors:own.remove')}
          title={t('factors:own.ask.title', { name })}
          text={t('factors:own.ask.text')}
          keep={t('factors:own.ask.keep')}
          confirm={t('factors:own.remove')}
          onConfirm={() => void remove()}
        />
      )}
    </li>
  )
}

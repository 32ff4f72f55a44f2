import type { OwnFactor } from '@vestibule/shared/contract/own-factors.ts'
import { isNamed } from '@vestibule/shared/factors.ts'
import { useState } from 'react'
import { useTexts } from '../../i18n.ts'
import type { ProblemAnswer } from '../../problem-answer.ts'
import { MethodIcon } from '../../ui/method-icon.tsx'
import { Name } from '../../ui/sentence.tsx'
import { call } from '../api.ts'
import { Confirm } from '../confirm.tsx'
import { Rename } from '../rename.tsx'
import { useSessionWords } from '../sessions/session-words.ts'
import type { SendFactors } from './security-page.tsx'

type Props = { factor: OwnFactor; send: SendFactors; onProblem: (problem: ProblemAnswer | null) => void }

/** One second factor: what it is called, since when it is there, when it was used; and what can be done about it. */
export function FactorRow({ factor, send, onProblem }: Props) {
  const { t } = useTexts()
  const words = useSessionWords()
  const [isNaming, setNaming] = useState(false)
  const { id, type, label, model, createdAt, lastUsedAt, isAllowed, isRemovable } = factor
  const known = model ?? t(`factors:names.${type}`)
  const name = label ?? known
  const remove = async () =>
    onProblem(
      await send(call('post /api/me/factors/remove', { body: { id } }), (say) =>
        say('security:own.was_removed', { name: label ?? model ?? say(`factors:names.${type}`) }),
      ),
    )
  const rename = (next: string | null) =>
    send(call('post /api/me/factors/rename', { body: { id, label: next === known ? null : next } }), (say) =>
      say('passkeys:renamed'),
    )

  if (isNaming)
    return (
      <li className="row wrap">
        <div className="grow">
          <Rename label={t('keys:name_label')} name={name} onRename={rename} onEnd={() => setNaming(false)} />
        </div>
      </li>
    )
  return (
    <li className="row wrap">
      <span className="glyph" aria-hidden="true">
        <MethodIcon method={type} />
      </span>
      <span className="grow">
        <strong>
          <Name>{name}</Name>
        </strong>
        {name !== known && <small>{known}</small>}
        <small>{t('security:own.added_on', { date: words.day(createdAt) })}</small>
        <small>
          {lastUsedAt ? t('security:own.used_on', { date: words.day(lastUsedAt) }) : t('security:own.never_used')}
        </small>
        {!isAllowed && <small>{t('security:own.not_allowed')}</small>}
        {!isRemovable && <small>{t('security:own.last')}</small>}
      </span>
      <span className="tools">
        {isNamed(type) && (
          <button className="button quiet slim" type="button" onClick={() => setNaming(true)}>
            <span>{t('passkeys:rename')}</span> <span className="unseen">{name}</span>
          </button>
        )}
        {isRemovable && (
          <Confirm
            trigger={
              <button
                className="button quiet slim"
                type="button"
                aria-label={t('security:own.remove_named', { name })}
              />
            }
            label={t('security:own.remove')}
            title={t('security:own.ask.title', { name })}
            text={t('security:own.ask.text')}
            keep={t('security:own.ask.keep')}
            confirm={t('security:own.remove')}
            onConfirm={() => void remove()}
          />
        )}
      </span>
    </li>
  )
}

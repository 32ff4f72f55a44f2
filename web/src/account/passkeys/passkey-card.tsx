import type { OwnPasskey } from '@vestibule/shared/contract/own-passkeys.ts'
import { useState } from 'react'
import { useTexts } from '../../i18n.ts'
import type { ProblemAnswer } from '../../problem-answer.ts'
import { PasskeyIcon } from '../../ui/icons.tsx'
import { Name } from '../../ui/sentence.tsx'
import { Confirm } from '../confirm.tsx'
import { Rename } from '../rename.tsx'

type Props = {
  passkey: OwnPasskey
  onRename: (label: string | null) => Promise<ProblemAnswer | null>
  onRemove: (name: string) => void
}

/** One passkey: what it is called, who keeps it, where it is, when it was used; and what can be done about it. */
export function PasskeyCard({ passkey, onRename, onRemove }: Props) {
  const { t, locale } = useTexts()
  const [isNaming, setNaming] = useState(false)
  const { label, model, isSynced, createdAt, lastUsedAt, isRemovable } = passkey
  const name = label ?? model ?? t('passkeys:unnamed')
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'long' })
  const day = (instant: string) => date.format(new Date(instant))

  if (isNaming)
    return (
      <li className="key">
        <Rename label={t('passkeys:name_label')} name={name} onRename={onRename} onEnd={() => setNaming(false)} />
      </li>
    )
  return (
    <li className="key">
      <header>
        <span className="glyph" aria-hidden="true">
          <PasskeyIcon />
        </span>
        <div>
          <h2>
            <Name>{name}</Name>
          </h2>
          {label && model && <small>{model}</small>}
        </div>
      </header>
      <div>
        <span className="tag">{t(isSynced ? 'passkeys:synced' : 'passkeys:only_here')}</span>
        <small>{t('passkeys:created', { date: day(createdAt) })}</small>
        <small>{lastUsedAt ? t('passkeys:used', { date: day(lastUsedAt) }) : t('passkeys:never_used')}</small>
      </div>
      <footer>
        <button className="button quiet slim" type="button" onClick={() => setNaming(true)}>
          <span>{t('passkeys:rename')}</span> <span className="unseen">{name}</span>
        </button>
        {isRemovable ? (
          <Confirm
            trigger={
              <button className="button quiet slim" type="button" aria-label={t('passkeys:remove_named', { name })} />
            }
            label={t('passkeys:remove')}
            title={t('passkeys:ask.title', { name })}
            text={t('passkeys:ask.text')}
            keep={t('passkeys:ask.keep')}
            confirm={t('passkeys:remove')}
            onConfirm={() => onRemove(name)}
          />
        ) : (
          <small>{t('passkeys:last_way')}</small>
        )}
      </footer>
    </li>
  )
}

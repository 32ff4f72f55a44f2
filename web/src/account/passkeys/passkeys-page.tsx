import { useQuery } from '@tanstack/react-query'
import type { OwnPasskeys } from '@vestibule/shared/contract/own-passkeys.ts'
import { useEffect, useRef, useState } from 'react'
import { FormProblem } from '../../forms/submit.tsx'
import { useSubmit } from '../../forms/use-submit.ts'
import { useTexts } from '../../i18n.ts'
import type { ProblemAnswer } from '../../problem-answer.ts'
import { PlusIcon } from '../../ui/icons.tsx'
import { Notice } from '../../ui/notice.tsx'
import { hasPasskeys } from '../../webauthn.ts'
import { passkeysQuery } from '../api.ts'
import { Room } from '../room.tsx'
import { OtherDevice } from './other-device.tsx'
import { PasskeyCard } from './passkey-card.tsx'
import { type Outcome, usePasskeys } from './use-passkeys.ts'

/** The passkeys one has, and another one. */
export function PasskeysPage() {
  const { t } = useTexts()
  const { data } = useQuery(passkeysQuery)
  return (
    <Room title={t('passkeys:title')} lead={t('passkeys:lead')}>
      {data && <Passkeys {...data} />}
      {data?.isAllowed && <OtherDevice />}
    </Room>
  )
}

function Passkeys({ isAllowed, passkeys }: OwnPasskeys) {
  const { t } = useTexts()
  const { outcome, add, rename, remove } = usePasskeys()
  const [problem, setProblem] = useState<ProblemAnswer | null>(null)
  const said = useRef<HTMLDivElement>(null)
  const isGone = outcome?.kind === 'removed'
  // the button that was pressed is gone
  useEffect(() => {
    if (isGone) said.current?.focus()
  }, [isGone])
  return (
    <section className="section" aria-label={t('passkeys:title')}>
      <header>
        <Another isAllowed={isAllowed} add={add} onProblem={setProblem} />
      </header>
      <div className="body stack">
        <div role="status" tabIndex={-1} ref={said} className="announce">
          <Said outcome={outcome} />
        </div>
        <FormProblem problem={problem} />
        {passkeys.length === 0 && <p className="soft">{t('passkeys:none')}</p>}
        {passkeys.length > 0 && (
          <ul className="cards">
            {passkeys.map((passkey) => (
              <PasskeyCard
                key={passkey.id}
                passkey={passkey}
                onRename={(label) => rename(passkey, label)}
                onRemove={(name) => void remove(passkey, name).then(setProblem)}
              />
            ))}
          </ul>
        )}
      </div>
    </section>
  )
}

type AnotherProps = {
  isAllowed: boolean
  add: () => Promise<ProblemAnswer | null>
  onProblem: (problem: ProblemAnswer | null) => void
}

/** Where there may be one more, and this browser can make it. */
function Another({ isAllowed, add, onProblem }: AnotherProps) {
  const { t } = useTexts()
  const { pending, onSubmit } = useSubmit(async () => {
    onProblem(await add())
    return null
  })
  if (!isAllowed) return <p>{t('passkeys:not_allowed')}</p>
  if (!hasPasskeys()) return <p>{t('passkeys:unsupported')}</p>
  return (
    <>
      <div>
        <p id="passkey-hint">{t('passkeys:device_asks')}</p>
      </div>
      <form onSubmit={onSubmit} noValidate>
        <button className="button primary slim" type="submit" aria-busy={pending} aria-describedby="passkey-hint">
          <PlusIcon />
          <span>{t('passkeys:add')}</span>
        </button>
      </form>
    </>
  )
}

function Said({ outcome }: { outcome: Outcome }) {
  const { t } = useTexts()
  if (!outcome) return null
  const text =
    outcome.kind === 'removed' ? t('passkeys:removed', { name: outcome.name }) : t(`passkeys:${outcome.kind}`)
  const isChange = outcome.kind !== 'given_up' && outcome.kind !== 'known'
  return <Notice kind={isChange ? 'success' : 'info'}>{text}</Notice>
}

import { accountPath } from '@vestibule/shared/account-pages.ts'
import type { BrandingView } from '@vestibule/shared/branding.ts'
import { useRef, useState } from 'react'
import { useTexts } from '../../i18n.ts'
import { Hall } from '../../ui/hall.tsx'
import { Head } from '../../ui/head.tsx'
import { TickIcon, WarningIcon } from '../../ui/icons.tsx'
import { Address, Sentence } from '../../ui/sentence.tsx'
import { useStepFocus } from '../../ui/use-step-focus.ts'
import { useTitle } from '../../ui/use-title.ts'
import { PasswordForm } from './password-form.tsx'

type State = { kind: 'choosing'; token: string } | { kind: 'done'; loginName: string } | { kind: 'bad_link' }

/** Sets the first password with a one-time link. */
export function SetupPage({ branding, token }: { branding: BrandingView; token: string | null }) {
  const { t } = useTexts()
  const [state, setState] = useState<State>(token ? { kind: 'choosing', token } : { kind: 'bad_link' })
  const card = useRef<HTMLElement>(null)
  const status = useRef<HTMLParagraphElement>(null)
  useStepFocus(card, status, state.kind, state)

  return (
    <Hall branding={branding} entry="app" card={card}>
      {state.kind === 'choosing' && (
        <>
          <Head heading={t('account:setup.heading')} lead={t('account:setup.lead')} />
          <PasswordForm
            token={state.token}
            place={branding.name}
            onDone={(loginName) => setState({ kind: 'done', loginName })}
            onBadLink={() => setState({ kind: 'bad_link' })}
          />
        </>
      )}
      {state.kind === 'done' && <Done loginName={state.loginName} place={branding.name} />}
      {state.kind === 'bad_link' && <BadLink place={branding.name} />}
      <p className="unseen" role="status" ref={status} />
    </Hall>
  )
}

function Done({ loginName, place }: { loginName: string; place: string }) {
  const { t } = useTexts()
  const heading = t('account:setup.done_heading')
  useTitle(heading, place)
  const lead = <Sentence of="account:setup.done_text" parts={{ loginName: <Address>{loginName}</Address> }} />
  return (
    <>
      <Head icon={<TickIcon />} tone="good" heading={heading} lead={lead} />
      <div className="stack">
        <a className="button primary" href={accountPath('overview')}>
          {t('account:setup.sign_in')}
        </a>
      </div>
    </>
  )
}

function BadLink({ place }: { place: string }) {
  const { t } = useTexts()
  const heading = t('account:setup.bad_heading')
  useTitle(heading, place, true)
  return (
    <>
      <Head icon={<WarningIcon />} tone="bad" heading={heading} lead={t('account:setup.bad_text')} />
      <div className="stack">
        <a className="button secondary" href={accountPath('overview')}>
          {t('common:your_account')}
        </a>
      </div>
    </>
  )
}

import { useQuery } from '@tanstack/react-query'
import { accountPath } from '@vestibule/shared/account-pages.ts'
import type { BrandingView } from '@vestibule/shared/branding.ts'
import { useRef, useState } from 'react'
import { FormProblem } from '../../forms/submit.tsx'
import { useTexts } from '../../i18n.ts'
import { ProblemAnswer } from '../../problem-answer.ts'
import { Hall } from '../../ui/hall.tsx'
import { Head } from '../../ui/head.tsx'
import { TickIcon, WarningIcon } from '../../ui/icons.tsx'
import { Address, Sentence } from '../../ui/sentence.tsx'
import { useStepFocus } from '../../ui/use-step-focus.ts'
import { useTitle } from '../../ui/use-title.ts'
import { setupQuery } from '../api.ts'
import { PasswordForm } from './password-form.tsx'

type End = { kind: 'done'; loginName: string } | { kind: 'bad_link' }

/** Sets the first password with a one-time link. */
export function SetupPage({ branding, token }: { branding: BrandingView; token: string | null }) {
  const [end, setEnd] = useState<End | null>(token ? null : { kind: 'bad_link' })
  const { data: link, error } = useQuery(setupQuery(token))
  const isBad = end?.kind === 'bad_link' || (error instanceof ProblemAnswer && error.code === 'code_invalid')
  const kind = isBad ? 'bad_link' : (end?.kind ?? (link ? 'choosing' : error ? 'failed' : 'looking'))
  const card = useRef<HTMLElement>(null)
  const status = useRef<HTMLParagraphElement>(null)
  useStepFocus(card, status, kind, kind)

  return (
    <Hall branding={branding} entry="app" card={card}>
      {kind === 'looking' && <Looking place={branding.name} problem={null} />}
      {kind === 'failed' && error instanceof ProblemAnswer && <Looking place={branding.name} problem={error} />}
      {kind === 'choosing' && token && link && (
        <Choosing
          {...link}
          token={token}
          place={branding.name}
          onDone={(loginName) => setEnd({ kind: 'done', loginName })}
          onBadLink={() => setEnd({ kind: 'bad_link' })}
        />
      )}
      {end?.kind === 'done' && <Done loginName={end.loginName} place={branding.name} />}
      {kind === 'bad_link' && <BadLink place={branding.name} />}
      <p className="unseen" role="status" ref={status} />
    </Hall>
  )
}

/** While the link is looked at; or what kept it from being looked at. */
function Looking({ place, problem }: { place: string; problem: ProblemAnswer | null }) {
  const { t } = useTexts()
  const heading = t('account:setup.heading')
  useTitle(heading, place, problem !== null)
  return (
    <>
      <Head heading={heading} lead={problem ? null : t('account:loading')} />
      <FormProblem problem={problem} />
    </>
  )
}

function Choosing(props: Parameters<typeof PasswordForm>[0]) {
  const { t } = useTexts()
  return (
    <>
      <Head heading={t('account:setup.heading')} lead={t('common:new_password.hint')} />
      <PasswordForm {...props} />
    </>
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

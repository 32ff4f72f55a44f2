import { useQuery } from '@tanstack/react-query'
import { accountPath } from '@vestibule/shared/account-pages.ts'
import type { BrandingView } from '@vestibule/shared/branding.ts'
import type { LinkedAccount } from '@vestibule/shared/contract/passkey-link.ts'
import { useRef, useState } from 'react'
import { FormProblem, Submit } from '../../forms/submit.tsx'
import { useSubmit } from '../../forms/use-submit.ts'
import { useTexts } from '../../i18n.ts'
import { asProblem, ProblemAnswer } from '../../problem-answer.ts'
import { Hall } from '../../ui/hall.tsx'
import { Head } from '../../ui/head.tsx'
import { PasskeyIcon, TickIcon, WarningIcon } from '../../ui/icons.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Address, Name, Sentence } from '../../ui/sentence.tsx'
import { useStepFocus } from '../../ui/use-step-focus.ts'
import { useTitle } from '../../ui/use-title.ts'
import { createPasskey, hasPasskeys, type NoPasskey, signalUnknown } from '../../webauthn.ts'
import { call, linkedAccountQuery } from '../api.ts'

type End = { kind: 'done'; loginName: string } | { kind: 'bad_link' }
type Props = { branding: BrandingView; token: string | null }

/** Where the link of another device leads: it says whose account it is, and makes a passkey after a press. Nobody needs to be signed in. */
export function EnrollPage({ branding, token }: Props) {
  const { t } = useTexts()
  const [end, setEnd] = useState<End | null>(token ? null : { kind: 'bad_link' })
  const { data: account, error } = useQuery(linkedAccountQuery(token))
  const problem = error instanceof ProblemAnswer ? error : null
  const isBad = end?.kind === 'bad_link' || problem?.code === 'code_invalid'
  const kind = isBad ? 'bad_link' : (end?.kind ?? (account ? 'asking' : error ? 'failed' : 'looking'))
  const card = useRef<HTMLElement>(null)
  const status = useRef<HTMLParagraphElement>(null)
  useStepFocus(card, status, kind, kind)
  const place = branding.name

  return (
    <Hall branding={branding} entry="app" card={card}>
      {(kind === 'looking' || kind === 'failed') && (
        <Page heading={t('passkeys:elsewhere.heading')} place={place} isBad={kind === 'failed'}>
          {problem ? <FormProblem problem={problem} /> : <p className="soft">{t('account:loading')}</p>}
        </Page>
      )}
      {kind === 'asking' && token && account && <Asking {...{ token, account, place, onEnd: setEnd }} />}
      {end?.kind === 'done' && <Done loginName={end.loginName} place={place} />}
      {kind === 'bad_link' && <BadLink place={place} />}
      <p className="unseen" role="status" ref={status} />
    </Hall>
  )
}

function Page({
  heading,
  place,
  isBad,
  children,
}: {
  heading: string
  place: string
  isBad: boolean
  children: React.ReactNode
}) {
  useTitle(heading, place, isBad)
  return (
    <>
      <Head heading={heading} />
      {children}
    </>
  )
}

type AskingProps = { token: string; account: LinkedAccount; place: string; onEnd: (end: End) => void }

function Asking({ token, account, place, onEnd }: AskingProps) {
  const { t } = useTexts()
  const [nothing, setNothing] = useState<NoPasskey | null>(null)
  const { problem, pending, onSubmit } = useSubmit(async () => {
    setNothing(null)
    try {
      const { options } = await call('post /api/passkey-link/options', { body: { token } })
      const credential = await createPasskey(options)
      if (typeof credential === 'string') {
        setNothing(credential)
        return null
      }
      const added = call('post /api/passkey-link', { body: { token, credential } })
      // nobody keeps the other half of one that was refused
      added.catch(() => signalUnknown(options.rp.id, credential.id))
      onEnd({ kind: 'done', ...(await added) })
      return null
    } catch (error) {
      const answer = asProblem(error)
      if (answer.code !== 'code_invalid') return answer
      onEnd({ kind: 'bad_link' })
      return null
    }
  })
  const heading = t('passkeys:elsewhere.heading')
  useTitle(heading, place, problem !== null)
  const parts = { loginName: <Address>{account.loginName}</Address>, organization: <Name>{account.organization}</Name> }
  return (
    <>
      <Head icon={<PasskeyIcon />} heading={heading} lead={<Sentence of="passkeys:elsewhere.lead" parts={parts} />}>
        <p className="soft">{t('passkeys:elsewhere.only_own')}</p>
      </Head>
      {hasPasskeys() ? (
        <form className="stack" noValidate onSubmit={onSubmit}>
          <div role="status" className="announce">
            {nothing && <Notice>{t(`passkeys:${nothing}`)}</Notice>}
          </div>
          <Submit pending={pending} problem={problem}>
            {t('passkeys:offer.create')}
          </Submit>
          <p className="hint">{t('passkeys:device_asks')}</p>
        </form>
      ) : (
        <p>{t('passkeys:unsupported')}</p>
      )}
    </>
  )
}

function Done({ loginName, place }: { loginName: string; place: string }) {
  const { t } = useTexts()
  const heading = t('passkeys:elsewhere.done_heading')
  useTitle(heading, place)
  const lead = <Sentence of="passkeys:elsewhere.done_text" parts={{ loginName: <Address>{loginName}</Address> }} />
  return (
    <>
      <Head icon={<TickIcon />} tone="good" heading={heading} lead={lead} />
      <div className="stack">
        <a className="button primary" href={accountPath('overview')}>
          {t('common:your_account')}
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
      <Head icon={<WarningIcon />} tone="bad" heading={heading} lead={t('passkeys:elsewhere.bad_text')} />
      <div className="stack">
        <a className="button secondary" href={accountPath('passkeys')}>
          {t('common:your_account')}
        </a>
      </div>
    </>
  )
}

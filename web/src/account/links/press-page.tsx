import { accountPath } from '@vestibule/shared/account-pages.ts'
import type { BrandingView } from '@vestibule/shared/branding.ts'
import { useRef, useState } from 'react'
import { Submit } from '../../forms/submit.tsx'
import { useSubmit } from '../../forms/use-submit.ts'
import { useTexts } from '../../i18n.ts'
import { asProblem } from '../../problem-answer.ts'
import { Hall } from '../../ui/hall.tsx'
import { Head } from '../../ui/head.tsx'
import { TickIcon, WarningIcon } from '../../ui/icons.tsx'
import { Address, Sentence } from '../../ui/sentence.tsx'
import { useStepFocus } from '../../ui/use-step-focus.ts'
import { useTitle } from '../../ui/use-title.ts'

/** The pages that a link of a message opens, by their texts in `data`. */
type Link = 'not_me_link' | 'undo_link'
type Press = (token: string) => Promise<{ loginName: string }>
type End = { kind: 'done'; loginName: string } | { kind: 'bad_link' }

/**
 * What the link of a message does, with one press: opening it does nothing, because programs open links too. Nobody needs to be signed in
 * for it.
 */
export function PressPage({
  branding,
  token,
  link,
  press,
}: {
  branding: BrandingView
  token: string | null
  link: Link
  press: Press
}) {
  const [end, setEnd] = useState<End | null>(token ? null : { kind: 'bad_link' })
  const card = useRef<HTMLElement>(null)
  const status = useRef<HTMLParagraphElement>(null)
  useStepFocus(card, status, end?.kind ?? 'asking', end)
  const place = branding.name
  return (
    <Hall branding={branding} entry="app" card={card}>
      {!end && token && <Asking link={link} place={place} press={() => press(token)} onEnd={setEnd} />}
      {end?.kind === 'done' && <Done link={link} place={place} loginName={end.loginName} />}
      {end?.kind === 'bad_link' && <BadLink link={link} place={place} />}
      <p className="unseen" role="status" ref={status} />
    </Hall>
  )
}

type Place = { link: Link; place: string }

function Asking({ link, place, press, onEnd }: Place & { press: () => ReturnType<Press>; onEnd: (end: End) => void }) {
  const { t } = useTexts()
  const heading = t(`data:${link}.heading`)
  const { problem, pending, onSubmit } = useSubmit(async () => {
    try {
      onEnd({ kind: 'done', ...(await press()) })
      return null
    } catch (error) {
      const answer = asProblem(error)
      if (answer.code !== 'code_invalid') return answer
      onEnd({ kind: 'bad_link' })
      return null
    }
  })
  useTitle(heading, place, problem !== null)
  return (
    <>
      <Head heading={heading} lead={t(`data:${link}.lead`)} />
      <form className="stack" noValidate onSubmit={onSubmit}>
        <Submit pending={pending} problem={problem}>
          {t(`data:${link}.button`)}
        </Submit>
      </form>
    </>
  )
}

function Done({ link, place, loginName }: Place & { loginName: string }) {
  const { t } = useTexts()
  const heading = t(`data:${link}.done_heading`)
  useTitle(heading, place)
  const lead = <Sentence of={`data:${link}.done_text`} parts={{ loginName: <Address>{loginName}</Address> }} />
  return (
    <>
      <Head icon={<TickIcon />} tone="good" heading={heading} lead={lead}>
        {link === 'not_me_link' && <p className="soft">{t('data:not_me_link.done_hint')}</p>}
      </Head>
      <div className="stack">
        <a className="button primary" href={accountPath('overview')}>
          {t(`data:${link}.done_button`)}
        </a>
      </div>
    </>
  )
}

/** The same can be done from within the account. */
function BadLink({ link, place }: Place) {
  const { t } = useTexts()
  const heading = t('account:setup.bad_heading')
  useTitle(heading, place, true)
  return (
    <>
      <Head icon={<WarningIcon />} tone="bad" heading={heading} lead={t(`data:${link}.bad_text`)} />
      <div className="stack">
        <a className="button secondary" href={accountPath(link === 'not_me_link' ? 'activity' : 'data')}>
          {t(`data:${link}.bad_button`)}
        </a>
      </div>
    </>
  )
}

import { type AccountPage, accountPath } from '@vestibule/shared/account-pages.ts'
import type { BrandingView } from '@vestibule/shared/branding.ts'
import { type ReactNode, useRef } from 'react'
import { type TextKey, useTexts } from '../../i18n.ts'
import { Hall } from '../../ui/hall.tsx'
import { Head } from '../../ui/head.tsx'
import { TickIcon, WarningIcon } from '../../ui/icons.tsx'
import { Address, Sentence } from '../../ui/sentence.tsx'
import { useStepFocus } from '../../ui/use-step-focus.ts'
import { useTitle } from '../../ui/use-title.ts'

/** What came of a link that works once: it did, for this account, or it does not any more. */
export type LinkEnd =
  | { kind: 'done'; loginName: string /** Where one signs in; absent: where everybody does. */; signIn?: string }
  | { kind: 'bad_link' }

export const BAD_LINK: LinkEnd = { kind: 'bad_link' }

/** What is read at the ends, and where one may go on from there. `text` of `done` names the account. */
export type LinkWords = {
  done: { heading: TextKey; text: TextKey; button: TextKey; hint?: TextKey }
  bad: { text: TextKey; button: TextKey; to: AccountPage }
}

type Props = {
  branding: BrandingView
  /** Names what is drawn while it has not ended, so that the focus follows. */
  step: string
  end: LinkEnd | null
  words: LinkWords
  children: ReactNode
}

/** The page that a one-time link opens, up to its end. Nobody needs to be signed in for it. */
export function LinkPage({ branding, step, end, words, children }: Props) {
  const card = useRef<HTMLElement>(null)
  const status = useRef<HTMLParagraphElement>(null)
  const kind = end?.kind ?? step
  useStepFocus(card, status, kind, kind)
  const place = branding.name
  return (
    <Hall branding={branding} entry="app" card={card}>
      {end === null && children}
      {end?.kind === 'done' && <Done {...words.done} {...end} place={place} />}
      {end?.kind === 'bad_link' && <BadLink {...words.bad} place={place} />}
      <p className="unseen" role="status" ref={status} />
    </Hall>
  )
}

function Done({
  heading,
  text,
  button,
  hint,
  loginName,
  signIn = accountPath('overview'),
  place,
}: LinkWords['done'] & { loginName: string; signIn?: string; place: string }) {
  const { t } = useTexts()
  useTitle(t(heading), place)
  return (
    <>
      <Head
        icon={<TickIcon />}
        tone="good"
        heading={t(heading)}
        lead={<Sentence of={text} parts={{ loginName: <Address>{loginName}</Address> }} />}
      >
        {hint && <p className="soft">{t(hint)}</p>}
      </Head>
      <div className="stack">
        <a className="button primary" href={signIn}>
          {t(button)}
        </a>
      </div>
    </>
  )
}

/** The same can be done from within the account. */
function BadLink({ text, button, to, place }: LinkWords['bad'] & { place: string }) {
  const { t } = useTexts()
  const heading = t('account:setup.bad_heading')
  useTitle(heading, place, true)
  return (
    <>
      <Head icon={<WarningIcon />} tone="bad" heading={heading} lead={t(text)} />
      <div className="stack">
        <a className="button secondary" href={accountPath(to)}>
          {t(button)}
        </a>
      </div>
    </>
  )
}

import type { BrandingView } from '@vestibule/shared/branding.ts'
import { useState } from 'react'
import { Submit } from '../../forms/submit.tsx'
import { useSubmit } from '../../forms/use-submit.ts'
import { useTexts } from '../../i18n.ts'
import { asProblem } from '../../problem-answer.ts'
import { Head } from '../../ui/head.tsx'
import { ToAccount } from '../../ui/to-account.tsx'
import { useTitle } from '../../ui/use-title.ts'
import { BAD_LINK, type LinkEnd, LinkPage, type LinkWords } from './link-page.tsx'

/** The pages that a link of a message opens, by their texts in `data`. */
type Link = 'not_me_link' | 'undo_link'
type Press = (token: string) => Promise<{ loginName: string }>

const WORDS: Record<Link, LinkWords> = {
  not_me_link: {
    done: {
      heading: 'data:not_me_link.done_heading',
      text: 'data:not_me_link.done_text',
      button: 'data:not_me_link.done_button',
      hint: 'data:not_me_link.done_hint',
    },
    bad: { text: 'data:not_me_link.bad_text', button: 'data:not_me_link.bad_button', to: 'activity' },
  },
  undo_link: {
    done: {
      heading: 'data:undo_link.done_heading',
      text: 'data:undo_link.done_text',
      button: 'data:undo_link.done_button',
    },
    bad: { text: 'data:undo_link.bad_text', button: 'data:undo_link.bad_button', to: 'data' },
  },
}

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
  const [end, setEnd] = useState<LinkEnd | null>(token ? null : BAD_LINK)
  return (
    <LinkPage branding={branding} step="asking" end={end} words={WORDS[link]}>
      {token && <Asking link={link} place={branding.name} press={() => press(token)} onEnd={setEnd} />}
    </LinkPage>
  )
}

type Place = { link: Link; place: string }

function Asking({
  link,
  place,
  press,
  onEnd,
}: Place & { press: () => ReturnType<Press>; onEnd: (end: LinkEnd) => void }) {
  const { t } = useTexts()
  const heading = t(`data:${link}.heading`)
  const { problem, pending, onSubmit } = useSubmit(async () => {
    try {
      onEnd({ kind: 'done', ...(await press()) })
      return null
    } catch (error) {
      const answer = asProblem(error)
      if (answer.code !== 'code_invalid') return answer
      onEnd(BAD_LINK)
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
        <ToAccount />
      </form>
    </>
  )
}

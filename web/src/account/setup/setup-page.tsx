import type { BrandingView } from '@vestibule/shared/branding.ts'
import { useState } from 'react'
import { useTexts } from '../../i18n.ts'
import { Head } from '../../ui/head.tsx'
import { setupQuery } from '../api.ts'
import { BAD_LINK, type LinkEnd, LinkPage, type LinkWords } from '../links/link-page.tsx'
import { Looking } from '../links/looking.tsx'
import { useLink } from '../links/use-link.ts'
import { PasswordForm } from './password-form.tsx'

const WORDS: LinkWords = {
  done: {
    heading: 'account:setup.done_heading',
    text: 'account:setup.done_text',
    button: 'account:setup.sign_in',
  },
  bad: { text: 'account:setup.bad_text', button: 'common:your_account', to: 'overview' },
}

/** Sets the first password with a one-time link. */
export function SetupPage({ branding, token }: { branding: BrandingView; token: string | null }) {
  const { data: link, problem, isBad } = useLink(setupQuery(token))
  const [ended, setEnd] = useState<LinkEnd | null>(token ? null : BAD_LINK)
  const end = isBad ? BAD_LINK : ended
  const place = branding.name
  return (
    <LinkPage branding={branding} step={link ? 'choosing' : problem ? 'failed' : 'looking'} end={end} words={WORDS}>
      {token && link ? (
        <Choosing
          {...link}
          token={token}
          place={place}
          onDone={(done) => setEnd({ kind: 'done', ...done })}
          onBadLink={() => setEnd(BAD_LINK)}
        />
      ) : (
        <Looking heading="account:setup.heading" place={place} problem={problem} />
      )}
    </LinkPage>
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

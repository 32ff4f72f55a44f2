import { useQuery } from '@tanstack/react-query'
import type { BrandingView } from '@vestibule/shared/branding.ts'
import type { Me } from '@vestibule/shared/contract/me.ts'
import { useState } from 'react'
import { useLoaderData } from 'react-router'
import { useProblemText } from '../../forms/problem-text.ts'
import { useTexts } from '../../i18n.ts'
import { asProblem } from '../../problem-answer.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Head } from '../../ui/head.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Address, Name, Sentence } from '../../ui/sentence.tsx'
import { useTitle } from '../../ui/use-title.ts'
import { sessionsQuery } from '../api.ts'
import { Portal } from '../portal.tsx'
import { type Go, signedIn } from '../signed-in.ts'
import { AboutYou } from './about-you.tsx'
import { greetingAt } from './greeting.ts'
import { OtherSessions } from './other-sessions.tsx'
import { ThisBrowser } from './this-browser.tsx'

/** The first room of the account: who one is, and where one is signed in. */
export function OverviewPage({ branding, go }: { branding: BrandingView; go: Go }) {
  const { t } = useTexts()
  const [opened] = useState(() => new Date())
  const me = useLoaderData<Me>()
  useTitle(t('account:overview.title'), branding.name)
  const name = me.givenName ?? me.displayName
  const corner = (
    <span className="signed-in-as">
      <Avatar name={me.displayName} of={me.loginName} />
      <Name>{me.displayName}</Name>
    </span>
  )

  return (
    <Portal branding={branding} corner={corner}>
      <Head
        heading={<Sentence of={`account:greeting.${greetingAt(opened)}`} parts={{ name: <Name>{name}</Name> }} />}
        lead={
          <>
            <Address>{me.loginName}</Address> · <Name>{me.organization}</Name>
          </>
        }
      />
      <Sessions go={go} />
      <AboutYou me={me} />
    </Portal>
  )
}

function Sessions({ go }: { go: Go }) {
  const { t } = useTexts()
  const text = useProblemText()
  const { data, error, refetch } = useQuery({
    ...sessionsQuery,
    queryFn: (context) => signedIn(Promise.resolve(sessionsQuery.queryFn!(context)), go),
  })
  if (error) {
    return (
      <div className="stack tight">
        <Notice kind="danger">
          <strong>{t('account:sessions.failed')}</strong> {text.whole(asProblem(error))}
        </Notice>
        <button className="button secondary slim" type="button" onClick={() => void refetch()}>
          {t('common:try_again')}
        </button>
      </div>
    )
  }
  if (!data) return <p role="status">{t('account:sessions.loading')}</p>
  const here = data.find(({ current }) => current)
  return (
    <>
      {here && <ThisBrowser session={here} go={go} />}
      <OtherSessions sessions={data.filter(({ current }) => !current)} go={go} />
    </>
  )
}

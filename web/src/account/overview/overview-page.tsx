import { accountPath } from '@vestibule/shared/account-pages.ts'
import { useState } from 'react'
import { Link } from 'react-router'
import { PasswordEnds } from '../../forms/password-ends.tsx'
import { useTexts } from '../../i18n.ts'
import { Address, Name, Sentence } from '../../ui/sentence.tsx'
import { useAccount } from '../account-context.tsx'
import { Room } from '../room.tsx'
import { AboutYou } from './about-you.tsx'
import { Attention } from './attention.tsx'
import { greetingAt } from './greeting.ts'
import { Shortcuts } from './shortcuts.tsx'

/** The first room of the account: who one is, what to see to, and the ways on. */
export function OverviewPage() {
  const { t } = useTexts()
  const [opened] = useState(() => new Date())
  const { me } = useAccount()
  const name = me.givenName ?? me.displayName
  return (
    <Room
      title={t('account:overview.title')}
      heading={<Sentence of={`account:greeting.${greetingAt(opened)}`} parts={{ name: <Name>{name}</Name> }} />}
      lead={
        <>
          <Address>{me.loginName}</Address> · <Name>{me.organization}</Name>
        </>
      }
    >
      <PasswordEnds at={me.passwordEndsAt}>
        <Link to={accountPath('password')}>{t('password:ends_link')}</Link>
      </PasswordEnds>
      <Attention />
      <Shortcuts />
      <AboutYou me={me} />
    </Room>
  )
}

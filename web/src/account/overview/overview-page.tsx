import { useState } from 'react'
import { useTexts } from '../../i18n.ts'
import { Address, Name, Sentence } from '../../ui/sentence.tsx'
import { useAccount } from '../account-context.tsx'
import { Room } from '../room.tsx'
import { AboutYou } from './about-you.tsx'
import { greetingAt } from './greeting.ts'

/** The first room of the account: who one is. */
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
      <AboutYou me={me} />
    </Room>
  )
}

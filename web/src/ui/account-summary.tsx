import type { AccountView } from '@vestibule/shared/login-step.ts'
import { useTexts } from '../i18n.ts'
import { Avatar } from './avatar.tsx'
import { Address, Name } from './sentence.tsx'

/** Who an account is: name, login name, organization, and how it stands in this browser. */
export function AccountSummary({ account }: { account: AccountView }) {
  const { t } = useTexts()
  return (
    <>
      <Avatar name={account.displayName} of={account.loginName} picture={account.picture} />
      <span className="grow">
        <strong>
          <Name>{account.displayName}</Name>
        </strong>{' '}
        <small>
          <Address>{account.loginName}</Address> · <Name>{account.organization}</Name>
        </small>{' '}
        <span className={account.state === 'signed_in' ? 'state on' : 'state'}>
          {t(`common:states.${account.state}`)}
        </span>
      </span>
    </>
  )
}

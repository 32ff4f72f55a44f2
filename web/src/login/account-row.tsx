import type { AccountView } from '@vestibule/shared/login-step.ts'
import { useTexts } from '../i18n.ts'
import { Avatar } from '../ui/avatar.tsx'
import { OnwardsIcon } from '../ui/icons.tsx'
import { Address, Name } from '../ui/sentence.tsx'

/** Who an account is: name, login name, organization, and how it stands in this browser. */
export function AccountSummary({ account }: { account: AccountView }) {
  const { t } = useTexts()
  return (
    <>
      <Avatar name={account.displayName} of={account.loginName} />
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

/** One account as one button that sends its session. Its name is a whole sentence, so that it makes sense when heard alone. */
export function AccountRow({ account }: { account: AccountView }) {
  const { t } = useTexts()
  const label = t('login:picker.choose', {
    name: account.displayName,
    loginName: account.loginName,
    organization: account.organization,
    state: t(`common:states.${account.state}`),
  })
  return (
    <button className="row" type="submit" name="session" value={account.session} aria-label={label}>
      <AccountSummary account={account} />
      <OnwardsIcon />
    </button>
  )
}

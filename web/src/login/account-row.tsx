import type { AccountView } from '@vestibule/shared/login-step.ts'
import { useTexts } from '../i18n.ts'
import { AccountSummary } from '../ui/account-summary.tsx'
import { OnwardsIcon } from '../ui/icons.tsx'

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

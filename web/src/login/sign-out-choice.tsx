import type { AccountView } from '@vestibule/shared/login-step.ts'
import { useTexts } from '../i18n.ts'
import { AccountSummary } from '../ui/account-summary.tsx'

/** Whom to sign out, as the field `session`: a question only where there is more than one answer. */
export function SignOutChoice({ accounts, chosen }: { accounts: AccountView[]; chosen: string | null }) {
  const { t } = useTexts()
  const [first, ...others] = accounts
  if (!first) return <input type="hidden" name="session" value="all" />
  if (others.length === 0) {
    return (
      <div className="rows">
        <input type="hidden" name="session" value={first.session} />
        <div className="row">
          <AccountSummary account={first} />
        </div>
      </div>
    )
  }
  return (
    <fieldset>
      <legend>{t('login:sign_out.accounts')}</legend>
      <ul className="rows">
        {accounts.map((account) => (
          <li key={account.session}>
            <label className="row choice">
              <input
                type="radio"
                name="session"
                value={account.session}
                defaultChecked={account.session === (chosen ?? first.session)}
              />
              <AccountSummary account={account} />
            </label>
          </li>
        ))}
        <li>
          <label className="row choice">
            <input type="radio" name="session" value="all" />
            <strong className="grow">{t('login:sign_out.all')}</strong>
          </label>
        </li>
      </ul>
    </fieldset>
  )
}

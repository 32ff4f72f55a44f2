import type { AccountView } from '@vestibule/shared/login-step.ts'
import { FormProblem } from '../../forms/submit.tsx'
import { useSubmit } from '../../forms/use-submit.ts'
import { useTexts } from '../../i18n.ts'
import { AccountSummary } from '../../ui/account-summary.tsx'
import { Head } from '../../ui/head.tsx'
import type { Send } from '../actions.ts'

type Props = { heading: string; accounts: AccountView[]; send: Send; onDone: () => void }

/** Signs accounts out, or makes this browser forget them. Each button names the account; the text says what either means. */
export function ManageAccounts({ heading, accounts, send, onDone }: Props) {
  const { t } = useTexts()
  const { problem, pending, onSubmit } = useSubmit(async (form) => {
    const forget = form.get('forget')
    return forget
      ? send('forget', { session: String(forget) })
      : send('sign-out', { session: String(form.get('signOut')) })
  })
  const isLive = ({ state }: AccountView) => state !== 'signed_out'

  return (
    <>
      <Head
        takesFocus
        heading={heading}
        lead={accounts.length > 0 ? t('login:picker.manage_hint') : t('login:picker.empty')}
      />
      <form className="stack" onSubmit={onSubmit} noValidate aria-busy={pending}>
        {accounts.length > 0 && (
          <ul className="rows">
            {accounts.map((account) => {
              const who = { name: account.displayName, loginName: account.loginName }
              return (
                <li key={account.session} className="row wrap">
                  <AccountSummary account={account} />
                  <span className="tools">
                    {isLive(account) && (
                      <button
                        className="button quiet slim"
                        name="signOut"
                        value={account.session}
                        aria-label={t('login:picker.sign_out_account', who)}
                      >
                        {t('common:sign_out')}
                      </button>
                    )}
                    <button
                      className="button quiet slim"
                      name="forget"
                      value={account.session}
                      aria-label={t('login:picker.remove_account', who)}
                    >
                      {t('login:picker.remove')}
                    </button>
                  </span>
                </li>
              )
            })}
          </ul>
        )}
        <FormProblem problem={problem} />
        {accounts.filter(isLive).length > 1 && (
          <button className="button secondary" name="signOut" value="all">
            {t('login:picker.sign_out_all')}
          </button>
        )}
        <button className="button quiet" type="button" onClick={onDone}>
          {t('login:picker.done')}
        </button>
      </form>
    </>
  )
}

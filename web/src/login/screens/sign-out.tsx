import type { SignOutView } from '@vestibule/shared/page.ts'
import { Submit } from '../../forms/submit.tsx'
import { useSubmit } from '../../forms/use-submit.ts'
import { useTexts } from '../../i18n.ts'
import type { ProblemAnswer } from '../../problem-answer.ts'
import { Head } from '../../ui/head.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Name, Sentence } from '../../ui/sentence.tsx'
import { useTitle } from '../../ui/use-title.ts'
import { AccountSummary } from '../account-row.tsx'

type Props = { signOut: SignOutView; place: string; onSubmit: (session: string) => Promise<ProblemAnswer | null> }

/** Asks whom to sign out: one account of this browser, or all. */
export function SignOutScreen({ signOut, place, onSubmit }: Props) {
  const { t } = useTexts()
  const { accounts, preselected, application, notice } = signOut
  const form = useSubmit((data) => onSubmit(String(data.get('session'))))
  const heading = t('login:sign_out.heading')
  useTitle(heading, application ?? place, form.problem !== null)
  const chosen = preselected ?? accounts[0]?.session
  const lead = application ? (
    <Sentence of="login:sign_out.lead" parts={{ application: <Name>{application}</Name> }} />
  ) : (
    t('login:sign_out.lead_alone')
  )

  return (
    <>
      <Head heading={heading} lead={accounts.length > 0 ? lead : t('login:sign_out.nobody')} />
      <form className="stack" onSubmit={form.onSubmit} noValidate>
        {notice && <Notice kind="warning">{t(`login:sign_out.notices.${notice}`)}</Notice>}
        {accounts.length === 0 && <input type="hidden" name="session" value="all" />}
        {accounts.length > 0 && (
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
                      defaultChecked={account.session === chosen}
                    />
                    <AccountSummary account={account} />
                  </label>
                </li>
              ))}
              {accounts.length > 1 && (
                <li>
                  <label className="row choice">
                    <input type="radio" name="session" value="all" />
                    <strong className="grow">{t('login:sign_out.all')}</strong>
                  </label>
                </li>
              )}
            </ul>
          </fieldset>
        )}
        <Submit pending={form.pending} problem={form.problem}>
          {t('common:sign_out')}
        </Submit>
        <a className="button quiet" href="/account">
          {accounts.length > 0 ? t('login:sign_out.stay') : t('common:your_account')}
        </a>
      </form>
    </>
  )
}

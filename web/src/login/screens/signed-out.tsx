import type { SignedOutView } from '@vestibule/shared/page.ts'
import { useTexts } from '../../i18n.ts'
import { AccountSummary } from '../../ui/account-summary.tsx'
import { Head } from '../../ui/head.tsx'
import { TickIcon } from '../../ui/icons.tsx'
import { Name, Sentence } from '../../ui/sentence.tsx'
import { useTitle } from '../../ui/use-title.ts'

/** The sign-out is done, and whoever is still signed in in this browser is named. */
export function SignedOutScreen({ signedOut, place }: { signedOut: SignedOutView; place: string }) {
  const { t } = useTexts()
  const { application } = signedOut
  const remaining = signedOut.remaining.filter(({ state }) => state === 'signed_in')
  const heading = t('login:signed_out.heading')
  useTitle(heading, application ?? place)
  const lead = application ? (
    <Sentence of="login:signed_out.of" parts={{ application: <Name>{application}</Name> }} />
  ) : (
    t('login:signed_out.text')
  )

  return (
    <>
      <Head icon={<TickIcon />} tone="good" heading={heading} lead={lead} />
      <div className="stack wide">
        <a className="button primary" href="/account">
          {t('login:signed_out.again')}
        </a>
        {remaining.length > 0 && (
          <div className="stack tight">
            <h2 className="label">{t('login:signed_out.remaining')}</h2>
            <ul className="rows">
              {remaining.map((account) => (
                <li key={account.session} className="row">
                  <AccountSummary account={account} />
                </li>
              ))}
            </ul>
          </div>
        )}
      </div>
    </>
  )
}

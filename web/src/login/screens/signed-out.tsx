import type { SignedOutView } from '@vestibule/shared/page.ts'
import { useTexts } from '../../i18n.ts'
import type { Leave } from '../../leave.ts'
import { AccountSummary } from '../../ui/account-summary.tsx'
import { Head } from '../../ui/head.tsx'
import { TickIcon } from '../../ui/icons.tsx'
import { Name, Sentence } from '../../ui/sentence.tsx'
import { useTitle } from '../../ui/use-title.ts'
import { Frames } from '../frames.tsx'

/** The sign-out is done, and whoever is still signed in in this browser is named. */
export function SignedOutScreen({
  signedOut,
  place,
  leave,
}: {
  signedOut: SignedOutView
  place: string
  leave: Leave
}) {
  const { t } = useTexts()
  const { application, again, frames, next } = signedOut
  const remaining = signedOut.remaining.filter(({ state }) => state === 'signed_in')
  const heading = t('login:signed_out.heading')
  useTitle(heading, application ?? place)
  const lead = application ? (
    <Sentence of="login:signed_out.of" parts={{ application: <Name>{application}</Name> }} />
  ) : (
    t('login:signed_out.text')
  )

  const told = (
    <Frames
      frames={frames}
      onTold={() => {
        if (next !== null) leave({ to: next })
      }}
    />
  )
  if (next !== null)
    return (
      <>
        <Head icon={<TickIcon />} tone="good" heading={heading} lead={t('login:signed_out.leaving')} />
        {told}
      </>
    )

  return (
    <>
      <Head icon={<TickIcon />} tone="good" heading={heading} lead={lead} />
      {told}
      <div className="stack wide">
        <a className="button primary" href={again ?? '/account'}>
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

import { useState } from 'react'
import { FormProblem } from '../../forms/submit.tsx'
import { useSubmit } from '../../forms/use-submit.ts'
import { useTexts } from '../../i18n.ts'
import { Head } from '../../ui/head.tsx'
import { PlusIcon } from '../../ui/icons.tsx'
import { useTitle } from '../../ui/use-title.ts'
import { AccountRow } from '../account-row.tsx'
import { placeOf, type ScreenProps } from '../actions.ts'
import { BackToApplication } from '../back-to-application.tsx'
import { Reasons } from '../reasons.tsx'
import { ToApplication } from '../to-application.tsx'
import { ManageAccounts } from './manage-accounts.tsx'

/** The accounts of this browser: one press goes on. Signing out and removing are a mode of their own, entered by a button. */
export function SelectAccountScreen({ step, answer, send }: ScreenProps<'select_account'>) {
  const { t } = useTexts()
  // Null until the mode was entered once: the page begins at its top.
  const [managing, setManaging] = useState<boolean | null>(null)
  const { problem, pending, onSubmit } = useSubmit(async (form) => {
    const session = form.get('session')
    return session ? send('account', { session: String(session) }) : send('restart', { fresh: true })
  })
  const heading = managing ? t('login:picker.manage_heading') : t('login:picker.heading')
  useTitle(heading, placeOf(answer), problem !== null)

  if (managing) {
    return <ManageAccounts heading={heading} accounts={step.accounts} send={send} onDone={() => setManaging(false)} />
  }
  return (
    <>
      <Head
        takesFocus={managing === false}
        heading={heading}
        lead={answer.application && <ToApplication answer={answer} />}
      >
        <Reasons answer={answer} />
      </Head>
      <div className="stack">
        <form className="stack" onSubmit={onSubmit} noValidate aria-busy={pending}>
          <ul className="rows">
            {step.accounts.map((account) => (
              <li key={account.session}>
                <AccountRow account={account} />
              </li>
            ))}
            <li>
              <button className="row" type="submit">
                <span className="glyph" aria-hidden="true">
                  <PlusIcon />
                </span>
                <strong className="grow">{t('login:use_another_account')}</strong>
              </button>
            </li>
          </ul>
          <FormProblem problem={problem} />
        </form>
        {step.accounts.length > 0 && (
          <button className="button quiet" type="button" onClick={() => setManaging(true)}>
            {t('login:picker.manage')}
          </button>
        )}
        <BackToApplication answer={answer} send={send} />
      </div>
    </>
  )
}

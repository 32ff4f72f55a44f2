import { accountPath } from '@vestibule/shared/account-pages.ts'
import { useTexts } from '../i18n.ts'

/** The quiet way out of a page that a message opened: to the account of whoever is signed in here, or to the sign-in. */
export function ToAccount() {
  const { t } = useTexts()
  return (
    <a className="button quiet" href={accountPath('overview')}>
      {t('common:your_account')}
    </a>
  )
}

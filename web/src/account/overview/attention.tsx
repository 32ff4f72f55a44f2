import { accountPath } from '@vestibule/shared/account-pages.ts'
import { Link } from 'react-router'
import { useTexts } from '../../i18n.ts'
import { MailIcon } from '../../ui/icons.tsx'
import { useAccount } from '../account-context.tsx'

/** What its owner should see to. Nothing, where there is nothing. */
export function Attention() {
  const { t } = useTexts()
  const { me } = useAccount()
  if (me.isEmailVerified) return null
  const title = me.email === null ? t('account:overview.email_missing') : t('account:overview.email_unconfirmed')
  return (
    <section className="section">
      <header>
        <h2>{t('account:overview.attention')}</h2>
      </header>
      <ul className="rows">
        <li className="row wrap">
          <span className="glyph" aria-hidden="true">
            <MailIcon />
          </span>
          <span className="grow">
            <strong>{title}</strong>
            <small>{t('account:overview.email_unconfirmed_hint')}</small>
          </span>
          <Link className="button secondary slim" to={accountPath('email')}>
            {me.email === null ? t('account:overview.add') : t('account:overview.confirm')}
          </Link>
        </li>
      </ul>
    </section>
  )
}

import { useQuery } from '@tanstack/react-query'
import { accountPath } from '@vestibule/shared/account-pages.ts'
import type { OwnContact } from '@vestibule/shared/contract/contacts.ts'
import { Link } from 'react-router'
import { useTexts } from '../../i18n.ts'
import { MailIcon, PersonIcon, PhoneIcon } from '../../ui/icons.tsx'
import { Address } from '../../ui/sentence.tsx'
import { contactsQuery } from '../api.ts'

const KINDS = [
  { kind: 'email', icon: MailIcon },
  { kind: 'phone', icon: PhoneIcon },
  { kind: 'username', icon: PersonIcon },
] as const

/** What one signs in with and is reached at, each with the way to the room where it is changed. */
export function ContactsSection() {
  const { t } = useTexts()
  const { data: contacts } = useQuery(contactsQuery)
  if (!contacts) return null
  return (
    <section className="section">
      <header>
        <h2>{t('profile:contacts.heading')}</h2>
      </header>
      <ul className="rows">
        {KINDS.map(({ kind, icon: Icon }) => (
          <li key={kind} className="row wrap">
            <span className="glyph" aria-hidden="true">
              <Icon />
            </span>
            <span className="grow">
              <strong>{t(`profile:contacts.${kind}`)}</strong>
              <small>
                {contacts[kind].value === null ? t('profile:contacts.none') : <Address>{contacts[kind].value}</Address>}
              </small>
              {kind !== 'username' && <Standing contact={contacts[kind]} />}
            </span>
            <Link className="button quiet slim edge" to={accountPath(kind)}>
              <span>{t('profile:contacts.change')}</span>{' '}
              <span className="unseen">{t(`profile:contacts.${kind}`)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Whether it is confirmed, in words and with a dot. */
export function Standing({ contact: { value, isVerified } }: { contact: OwnContact }) {
  const { t } = useTexts()
  if (value === null) return null
  return (
    <span className={isVerified ? 'state on' : 'state'}>
      {isVerified ? t('profile:contacts.confirmed') : t('profile:contacts.unconfirmed')}
    </span>
  )
}

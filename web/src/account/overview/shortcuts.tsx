import { accountPath } from '@vestibule/shared/account-pages.ts'
import { Link } from 'react-router'
import { useTexts } from '../../i18n.ts'
import { ShieldIcon } from '../../ui/factor-icons.tsx'
import { LaptopIcon, LinkIcon, LockIcon, OnwardsIcon, PasskeyIcon, PersonIcon } from '../../ui/icons.tsx'

const SHORTCUTS = [
  { page: 'profile', icon: PersonIcon },
  { page: 'passkeys', icon: PasskeyIcon },
  { page: 'password', icon: LockIcon },
  { page: 'security', icon: ShieldIcon },
  { page: 'sessions', icon: LaptopIcon },
  { page: 'applications', icon: LinkIcon },
] as const

/** The rooms that people come for, with what is in them. */
export function Shortcuts() {
  const { t } = useTexts()
  return (
    <section className="section" aria-label={t('account:rooms.label')}>
      <ul className="rows">
        {SHORTCUTS.map(({ page, icon: Icon }) => (
          <li key={page}>
            <Link className="row" to={accountPath(page)}>
              <span className="glyph" aria-hidden="true">
                <Icon />
              </span>
              <span className="grow">
                <strong>{t(`account:rooms.${page}`)}</strong> <small>{t(`account:overview.rooms.${page}`)}</small>
              </span>
              <OnwardsIcon />
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}

import { type AccountPage, accountPath } from '@vestibule/shared/account-pages.ts'
import { NavLink } from 'react-router'
import { useTexts } from '../i18n.ts'
import { ShieldIcon } from '../ui/factor-icons.tsx'
import { BoxIcon, ClockIcon, HomeIcon, LaptopIcon, LinkIcon, LockIcon, PasskeyIcon, PersonIcon } from '../ui/icons.tsx'

/** The rooms that the navigation leads to, in its order. */
const ROOMS = [
  { page: 'overview', icon: HomeIcon },
  { page: 'profile', icon: PersonIcon },
  { page: 'passkeys', icon: PasskeyIcon },
  { page: 'password', icon: LockIcon },
  { page: 'security', icon: ShieldIcon },
  { page: 'sessions', icon: LaptopIcon },
  { page: 'applications', icon: LinkIcon },
  { page: 'activity', icon: ClockIcon },
  { page: 'data', icon: BoxIcon },
] as const satisfies readonly { page: AccountPage; icon: typeof HomeIcon }[]

export function Rooms() {
  const { t } = useTexts()
  return (
    <nav className="rooms" aria-label={t('account:rooms.label')}>
      {ROOMS.map(({ page, icon: Icon }) => (
        <NavLink key={page} to={accountPath(page)} end={page === 'overview'}>
          <Icon />
          <span>{t(`account:rooms.${page}`)}</span>
        </NavLink>
      ))}
    </nav>
  )
}

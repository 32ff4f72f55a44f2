import { type AccountPage, accountPath } from '@vestibule/shared/account-pages.ts'
import { useId, useState } from 'react'
import { NavLink, useLocation } from 'react-router'
import { useTexts } from '../i18n.ts'
import { ShieldIcon } from '../ui/factor-icons.tsx'
import {
  BoxIcon,
  ClockIcon,
  DownIcon,
  HomeIcon,
  LaptopIcon,
  LinkIcon,
  LockIcon,
  PasskeyIcon,
  PersonIcon,
} from '../ui/icons.tsx'

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

/** The way to every room. Where the window is narrow it is one line that says where one is, and opens. */
export function Rooms() {
  const { t } = useTexts()
  const { pathname } = useLocation()
  const list = useId()
  const [isOpen, setOpen] = useState(false)
  const here = ROOMS.find(({ page }) => accountPath(page) === pathname)
  const Here = here?.icon ?? PersonIcon
  return (
    <nav className="rooms" aria-label={t('account:rooms.label')}>
      <button type="button" aria-expanded={isOpen} aria-controls={list} onClick={() => setOpen(!isOpen)}>
        <Here />
        <span>{t(here ? `account:rooms.${here.page}` : 'account:rooms.label')}</span>
        <DownIcon />
      </button>
      <div id={list} data-open={isOpen || undefined}>
        {ROOMS.map(({ page, icon: Icon }) => (
          <NavLink key={page} to={accountPath(page)} end={page === 'overview'} onClick={() => setOpen(false)}>
            <Icon />
            <span>{t(`account:rooms.${page}`)}</span>
          </NavLink>
        ))}
      </div>
    </nav>
  )
}

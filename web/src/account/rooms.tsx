import { type AccountPage, accountPageAt, accountPath } from '@vestibule/shared/account-pages.ts'
import { useId, useState } from 'react'
import { Link, useLocation } from 'react-router'
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
import { roomAround } from './within.ts'

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
  const at = accountPageAt(pathname)
  const room = at && (roomAround(at) ?? at)
  const here = ROOMS.find(({ page }) => page === room)
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
          <Link
            key={page}
            to={accountPath(page)}
            aria-current={page === at ? 'page' : page === room || undefined}
            onClick={() => setOpen(false)}
          >
            <Icon />
            <span>{t(`account:rooms.${page}`)}</span>
          </Link>
        ))}
      </div>
    </nav>
  )
}

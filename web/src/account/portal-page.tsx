import { useQuery } from '@tanstack/react-query'
import type { BrandingView } from '@vestibule/shared/branding.ts'
import type { Me } from '@vestibule/shared/contract/me.ts'
import { useEffect, useRef } from 'react'
import { Outlet, useLoaderData, useLocation, useNavigation } from 'react-router'
import { useTexts } from '../i18n.ts'
import { AccountContext } from './account-context.tsx'
import { AccountMenu } from './account-menu.tsx'
import { meQuery } from './api.ts'
import { Leaving } from './own-data/leaving.tsx'
import { Portal } from './portal.tsx'
import { Rooms } from './rooms.tsx'
import type { Go } from './signed-in.ts'

/** The frame around every room of the account. The loader knew who it is before anything was drawn. */
export function PortalPage({ branding, go }: { branding: BrandingView; go: Go }) {
  const { t } = useTexts()
  const entered = useLoaderData<Me>()
  const { data: me = entered } = useQuery(meQuery)
  const isLoading = useNavigation().state === 'loading'
  const page = useRef<HTMLElement>(null)
  useHeadingFocus(page)
  return (
    <AccountContext value={{ me, branding, go }}>
      <Portal
        branding={branding}
        corner={<AccountMenu />}
        rooms={me.deletionAt === null && <Rooms />}
        page={page}
        busy={isLoading}
      >
        <p className="unseen" role="status">
          {isLoading && t('account:loading')}
        </p>
        <Leaving>
          <Outlet />
        </Leaving>
      </Portal>
    </AccountContext>
  )
}

/** Another room: its heading takes the focus, so that it is read out, and one begins at its top. Not when the page was loaded. */
function useHeadingFocus(page: React.RefObject<HTMLElement | null>) {
  const { pathname } = useLocation()
  const before = useRef(pathname)
  useEffect(() => {
    if (before.current === pathname) return
    before.current = pathname
    scrollTo(0, 0)
    page.current?.querySelector('h1')?.focus()
  }, [page, pathname])
}

import type { QueryClient } from '@tanstack/react-query'
import { type AccountPage, accountPath } from '@vestibule/shared/account-pages.ts'
import type { BrandingView } from '@vestibule/shared/branding.ts'
import type { ReactNode } from 'react'
import { createBrowserRouter, type RouteObject } from 'react-router'
import { asProblem } from '../problem-answer.ts'
import { ActivityPage } from './activity/activity-page.tsx'
import {
  activityQuery,
  applicationsQuery,
  contactsQuery,
  factorsQuery,
  keepAccount,
  meQuery,
  ownPasswordQuery,
  passkeysQuery,
  profileQuery,
  sayNotMe,
  sessionsQuery,
  trustedQuery,
} from './api.ts'
import { ApplicationsPage } from './applications/applications-page.tsx'
import { ContactPage } from './contacts/contact-page.tsx'
import { UsernamePage } from './contacts/username-page.tsx'
import { FailedPage } from './failed-page.tsx'
import { FailedRoom, MissingRoom } from './failed-room.tsx'
import { PressPage } from './links/press-page.tsx'
import { LoadingPage } from './loading-page.tsx'
import { OverviewPage } from './overview/overview-page.tsx'
import { DataPage } from './own-data/data-page.tsx'
import { EnrollPage } from './passkeys/enroll-page.tsx'
import { PasskeysPage } from './passkeys/passkeys-page.tsx'
import { PasswordPage } from './password/password-page.tsx'
import { PortalPage } from './portal-page.tsx'
import { ProfilePage } from './profile/profile-page.tsx'
import { SecurityPage } from './security/security-page.tsx'
import { SessionsPage } from './sessions/sessions-page.tsx'
import { SetupPage } from './setup/setup-page.tsx'
import { entering, type Go, go } from './signed-in.ts'

export type Surroundings = {
  queries: QueryClient
  branding: BrandingView
  /** The one-time token of the link that opened the page, or null. */
  linkToken: string | null
  go?: Go
}

/**
 * The rooms behind the app entry. A room for somebody signed in asks who that is before anything is drawn, and brings along what it needs
 * to be drawn whole.
 */
export function routes({ queries, branding, linkToken, go: leave = go }: Surroundings): RouteObject[] {
  const room = (page: AccountPage, element: ReactNode, ...needs: (() => Promise<unknown>)[]) => ({
    path: accountPath(page),
    element,
    errorElement: <FailedRoom />,
    loader: () => entering(Promise.all(needs.map((need) => need())).catch(seeLeaving), page, leave),
  })
  /** The account is about to go, and this room with it: the frame draws the one that is left. */
  const seeLeaving = async (error: unknown) => {
    if (asProblem(error).code !== 'deletion_planned') throw error
    await queries.refetchQueries({ queryKey: meQuery.queryKey, type: 'active' })
    return null
  }
  return [
    {
      errorElement: <FailedPage branding={branding} />,
      hydrateFallbackElement: <LoadingPage branding={branding} />,
      children: [
        {
          loader: () => entering(queries.ensureQueryData(meQuery), 'overview', leave),
          element: <PortalPage branding={branding} go={leave} />,
          children: [
            room('overview', <OverviewPage />),
            room(
              'profile',
              <ProfilePage />,
              () => queries.fetchQuery(profileQuery),
              () => queries.fetchQuery(contactsQuery),
            ),
            room('email', <ContactPage key="email" kind="email" />, () => queries.fetchQuery(contactsQuery)),
            room('phone', <ContactPage key="phone" kind="phone" />, () => queries.fetchQuery(contactsQuery)),
            room('username', <UsernamePage />, () => queries.fetchQuery(contactsQuery)),
            room('passkeys', <PasskeysPage />, () => queries.fetchQuery(passkeysQuery)),
            room('password', <PasswordPage />, () => queries.fetchQuery(ownPasswordQuery)),
            room(
              'security',
              <SecurityPage />,
              () => queries.fetchQuery(factorsQuery),
              () => queries.fetchQuery(trustedQuery),
            ),
            room('sessions', <SessionsPage />, () => queries.fetchQuery(sessionsQuery)),
            room('applications', <ApplicationsPage />, () => queries.fetchQuery(applicationsQuery)),
            room('data', <DataPage />),
            room('activity', <ActivityPage />, () => queries.fetchInfiniteQuery(activityQuery)),
            { path: `${accountPath('overview')}/*`, element: <MissingRoom /> },
          ],
        },
        { path: '/setup', element: <SetupPage branding={branding} token={linkToken} /> },
        { path: '/passkey-link', element: <EnrollPage branding={branding} token={linkToken} /> },
        {
          path: '/not-me',
          element: <PressPage {...{ branding, token: linkToken }} link="not_me_link" press={sayNotMe} />,
        },
        {
          path: '/undo-deletion',
          element: <PressPage {...{ branding, token: linkToken }} link="undo_link" press={keepAccount} />,
        },
      ],
    },
  ]
}

export const createRouter = (surroundings: Surroundings) => createBrowserRouter(routes(surroundings))

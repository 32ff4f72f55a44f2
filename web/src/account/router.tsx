import type { QueryClient } from '@tanstack/react-query'
import type { BrandingView } from '@vestibule/shared/branding.ts'
import { createBrowserRouter, type RouteObject } from 'react-router'
import { meQuery } from './api.ts'
import { FailedPage } from './failed-page.tsx'
import { LoadingPage } from './loading-page.tsx'
import { OverviewPage } from './overview/overview-page.tsx'
import { SetupPage } from './setup/setup-page.tsx'
import { ACCOUNT, type Go, go, signedIn } from './signed-in.ts'

export type Surroundings = {
  queries: QueryClient
  branding: BrandingView
  /** The one-time token the page was opened with, or null. */
  setupToken: string | null
  go?: Go
}

/** The rooms behind the app entry. A room for somebody signed in asks who that is before anything is drawn. */
export function routes({ queries, branding, setupToken, go: leave = go }: Surroundings): RouteObject[] {
  return [
    {
      errorElement: <FailedPage branding={branding} />,
      hydrateFallbackElement: <LoadingPage branding={branding} />,
      children: [
        {
          path: ACCOUNT,
          loader: () => signedIn(queries.ensureQueryData(meQuery), leave),
          element: <OverviewPage branding={branding} go={leave} />,
        },
        { path: '/setup', element: <SetupPage branding={branding} token={setupToken} /> },
      ],
    },
  ]
}

export const createRouter = (surroundings: Surroundings) => createBrowserRouter(routes(surroundings))

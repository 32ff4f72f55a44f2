import { QueryClientProvider } from '@tanstack/react-query'
import { render } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { createMemoryRouter } from 'react-router'
import { RouterProvider } from 'react-router/dom'
import { vi } from 'vitest'
import { createQueries } from '../account/api.ts'
import { routes } from '../account/router.tsx'
import type { Go } from '../account/signed-in.ts'
import { startTexts } from '../i18n.ts'
import { me, mine } from './app-fixtures.ts'
import { branding } from './fixtures.ts'
import { when } from './server.ts'
import { stringsOf, TEST_LANGUAGE } from './texts.ts'

/** Opens a room of somebody signed in, alone in this browser unless said otherwise. */
export function openRoom(path: string, accounts = [mine], who = me) {
  when('get /api/me', who)
  when('get /api/me/accounts', { accounts })
  return openApp(path)
}

/** Opens a room of the app entry. `go` records to which address the browser was sent. */
export function openApp(path: string, linkToken: string | null = null) {
  startTexts(TEST_LANGUAGE, stringsOf())
  const go = vi.fn<Go>()
  const queries = createQueries()
  const { queries: defaults } = queries.getDefaultOptions()
  queries.setDefaultOptions({ queries: { ...defaults, retry: false } })
  const router = createMemoryRouter(routes({ queries, branding, linkToken, go }), { initialEntries: [path] })
  const user = userEvent.setup()
  render(
    <QueryClientProvider client={queries}>
      <RouterProvider router={router} />
    </QueryClientProvider>,
  )
  return { user, go }
}

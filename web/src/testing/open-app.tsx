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
import { branding } from './fixtures.ts'
import { stringsOf, TEST_LANGUAGE } from './texts.ts'

/** Opens a room of the app entry. `go` records to which address the browser was sent. */
export function openApp(path: string, setupToken: string | null = null) {
  startTexts(TEST_LANGUAGE, stringsOf())
  const go = vi.fn<Go>()
  const queries = createQueries()
  queries.setDefaultOptions({ queries: { retry: false } })
  const router = createMemoryRouter(routes({ queries, branding, setupToken, go }), { initialEntries: [path] })
  const user = userEvent.setup()
  render(
    <QueryClientProvider client={queries}>
      <RouterProvider router={router} />
    </QueryClientProvider>,
  )
  return { user, go }
}

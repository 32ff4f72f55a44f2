// Before any schema is made.
import '@vestibule/shared/without-eval.ts'
import { QueryClientProvider } from '@tanstack/react-query'
import type { AppEntryPage } from '@vestibule/shared/page.ts'
import { createRoot } from 'react-dom/client'
import { RouterProvider } from 'react-router/dom'
import { startTexts } from '../i18n.ts'
import { readPage } from '../page.ts'
import '../theme/account.css'
import { createQueries, speakFor } from './api.ts'
import { createRouter } from './router.tsx'
import { takeToken } from './take-token.ts'

const { language, strings, branding, account } = readPage<AppEntryPage>()
startTexts(language, strings)
speakFor(account)
const queries = createQueries()
// Before the router reads the address.
const linkToken = takeToken()
createRoot(document.getElementById('root')!).render(
  <QueryClientProvider client={queries}>
    <RouterProvider router={createRouter({ queries, branding, linkToken })} />
  </QueryClientProvider>,
)

if (import.meta.env.MODE === 'development')
  void import('../pseudo/pseudo-switch.ts').then(({ offerPseudoLanguages }) => offerPseudoLanguages('app'))

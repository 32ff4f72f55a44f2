import type { LoginEntryPage } from '@vestibule/shared/page.ts'
import { createRoot } from 'react-dom/client'
import { startTexts } from '../i18n.ts'
import { readPage } from '../page.ts'
import '../theme/login.css'
import { loadPage } from './lazy-screens.ts'
import { LoginPage } from './login-page.tsx'

const page = readPage<LoginEntryPage>()
startTexts(page.language, page.strings)
const root = createRoot(document.getElementById('root')!)
const draw = (page: LoginEntryPage) => root.render(<LoginPage page={page} />)
loadPage(page).then(
  () => draw(page),
  // a part of the page could not be fetched: a reload may find it
  () => {
    const error = {
      code: 'temporarily_unavailable',
      requestId: '',
      at: new Date().toISOString(),
      startAgain: null,
    } as const
    const { language, strings, branding } = page
    draw({ kind: 'error', language, strings, branding, error })
  },
)

if (import.meta.env.MODE === 'development')
  void import('../pseudo/pseudo-switch.ts').then(({ offerPseudoLanguages }) => offerPseudoLanguages('login'))

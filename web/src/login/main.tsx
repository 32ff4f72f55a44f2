import type { LoginEntryPage } from '@vestibule/shared/page.ts'
import { createRoot } from 'react-dom/client'
import { startTexts } from '../i18n.ts'
import { readPage } from '../page.ts'
import '../theme/login.css'
import { LoginPage } from './login-page.tsx'

const page = readPage<LoginEntryPage>()
startTexts(page.language, page.strings)
createRoot(document.getElementById('root')!).render(<LoginPage page={page} />)

if (import.meta.env.MODE === 'development')
  void import('../dev/pseudo-switch.ts').then(({ offerPseudoLanguages }) => offerPseudoLanguages('login'))

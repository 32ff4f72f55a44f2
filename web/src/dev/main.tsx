import { useState } from 'react'
import { createRoot } from 'react-dom/client'
import { wear } from '../branding.ts'
import { startTexts } from '../i18n.ts'
import { loadEveryScreen } from '../login/lazy-screens.ts'
import { LoginPage } from '../login/login-page.tsx'
import { isPseudo, PSEUDO_LANGUAGES } from '../pseudo/pseudo.ts'
import { disguisePage } from '../pseudo/pseudo-switch.ts'
import { LOGIN_FIXTURES, type LoginFixtureName } from '../testing/fixtures.ts'
import { stringsOf, writtenLanguages } from '../testing/texts.ts'
import '../theme/login.css'
import './screens.css'

/** Every screen from its fixture, for development: `screens.html#<language>/<fixture>`. Nothing is sent anywhere that matters. */
const [language = 'en', name] = decodeURIComponent(location.hash.slice(1)).split('/')
const known = writtenLanguages.find((code) => code === language) ?? 'en'
const chosen = Object.hasOwn(LOGIN_FIXTURES, name ?? '') ? (name as LoginFixtureName) : 'identify'
const fixture = LOGIN_FIXTURES[chosen]
const branding = fixture.kind === 'login' ? fixture.answer.branding : fixture.branding

function Screens() {
  const [left, setLeft] = useState('')
  return (
    <>
      <nav className="screens">
        {(Object.keys(LOGIN_FIXTURES) as LoginFixtureName[]).map((other) => (
          <a key={other} href={`#${language}/${other}`} aria-current={other === chosen ? 'page' : undefined}>
            {other}
          </a>
        ))}
        {[...writtenLanguages, ...Object.keys(PSEUDO_LANGUAGES)].map((code) => (
          <a key={code} href={`#${code}/${chosen}`}>
            {code}
          </a>
        ))}
        <output>{left}</output>
      </nav>
      <LoginPage page={{ ...fixture, language: known, strings: stringsOf(known) }} leave={({ to }) => setLeft(to)} />
    </>
  )
}

addEventListener('hashchange', () => location.reload())
startTexts(known, stringsOf(known))
wear(branding)
if (isPseudo(language)) disguisePage(language)
await loadEveryScreen()
createRoot(document.getElementById('root')!).render(<Screens />)

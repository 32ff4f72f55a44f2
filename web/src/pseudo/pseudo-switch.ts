import type { Entry } from '@vestibule/locales'
import i18next from 'i18next'
import { switchLanguage } from '../i18n.ts'
import { isPseudo, PSEUDO_LANGUAGES, type PseudoLanguage, pseudo } from './pseudo.ts'
import './pseudo.css'

/** Kept for this tab, so that the way through all pages is in disguise. */
const KEY = 'pseudo-language'

/** Puts English in disguise into the place of English, on a page that is in English. */
export function disguisePage(code: PseudoLanguage): void {
  for (const name of Object.keys(i18next.getDataByLanguage('en') ?? {})) {
    const texts = i18next.getResourceBundle('en', name) as Parameters<typeof pseudo>[0] | undefined
    if (texts) i18next.addResourceBundle('en', name, pseudo(texts, code))
  }
  void i18next.changeLanguage('en')
  document.documentElement.lang = code
  document.documentElement.dir = PSEUDO_LANGUAGES[code].direction
}

/** A switch of its own at the edge of every page in development; any real language takes the disguise off. */
export async function offerPseudoLanguages(entry: Entry): Promise<void> {
  const wear = async (code: PseudoLanguage) => {
    await switchLanguage('en', entry, { remember: true })
    disguisePage(code)
  }
  const bar = document.createElement('nav')
  bar.className = 'pseudo'
  for (const [code, { name }] of Object.entries(PSEUDO_LANGUAGES)) {
    const button = Object.assign(document.createElement('button'), { type: 'button', textContent: name, title: code })
    button.addEventListener('click', () => {
      sessionStorage.setItem(KEY, code)
      void wear(code as PseudoLanguage)
    })
    bar.append(button)
  }
  document.body.append(bar)
  document.body.addEventListener('change', ({ target }) => {
    if ((target as Element).matches('select[name=language]')) sessionStorage.removeItem(KEY)
  })
  const worn = sessionStorage.getItem(KEY)
  if (isPseudo(worn)) await wear(worn)
}

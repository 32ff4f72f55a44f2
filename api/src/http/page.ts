import { readFileSync } from 'node:fs'
import { LANGUAGES } from '@vestibule/shared/languages.ts'
import type { Page } from '@vestibule/shared/page.ts'
import type { RandomBytes } from '../crypto/token.ts'
import { answer } from './answer.ts'
import type { Http } from './env.ts'
import { pageData } from './page-data.ts'
import { titleOf } from './page-title.ts'
import { contentSecurityPolicy } from './security-headers.ts'

const HTML = '<html lang="en" dir="ltr">'
const TITLE = '<title>Vestibule</title>'
const HEAD = '<!--vestibule:head-->'
const PAGE = '<!--vestibule:page-->'
const BODY = '<body data-layout="card">'

export type Templates = { login: string; app: string }

/** The built pages. @throws where the web part was not built */
export function readTemplates(folder: URL): Templates {
  const read = (name: string) => {
    const html = readFileSync(new URL(name, folder), 'utf8')
    for (const mark of [HTML, TITLE, HEAD, PAGE, BODY])
      if (!html.includes(mark)) throw new Error(`${name} lacks ${mark}`)
    return html
  }
  return { login: read('login.html'), app: read('app.html') }
}

type Options = { status?: number; formAction?: string; headers?: Record<string, string> }

const escaped = (text: string) => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)

/** The first HTML with everything the first paint needs: language, direction, look, texts and step. */
export function renderPage(
  c: Http,
  templates: Templates,
  page: Page,
  randomBytes: RandomBytes,
  options: Options = {},
): Response {
  const nonce = randomBytes(16).toString('base64')
  const { direction } = LANGUAGES[page.language]
  const { mode, layout, css } = page.branding
  const theme = mode === 'auto' ? '' : ` data-theme="${mode}"`
  // functions, because a replacement text gives `$` a meaning
  const html = templates[page.kind === 'app' ? 'app' : 'login']
    .replace(HTML, () => `<html lang="${page.language}" dir="${direction}"${theme}>`)
    .replace(TITLE, () => `<title>${escaped(titleOf(page))}</title>`)
    .replace(HEAD, () => `<style nonce="${nonce}" id="branding">${css}</style>`)
    .replace(BODY, () => `<body data-layout="${layout}">`)
    .replace(PAGE, () => `<script type="application/json" id="page">${pageData(page)}</script>`)
  const { status = 200, formAction, headers } = options
  return answer(c, html, status, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': contentSecurityPolicy({ nonce, ...(formAction ? { formAction } : {}) }),
    vary: 'Cookie, Accept-Language',
    ...headers,
  })
}

import type { BrandingView, Look } from '@vestibule/shared/branding.ts'
import { LANGUAGES } from '@vestibule/shared/languages.ts'
import type { Page } from '@vestibule/shared/page.ts'
import type { RandomBytes } from '../crypto/token.ts'
import { accepts } from './accepts.ts'
import { answer } from './answer.ts'
import type { Http } from './env.ts'
import { gzip } from './gzip.ts'
import { pageData } from './page-data.ts'
import { bytesOf, fill, type Templates } from './page-template.ts'
import { titleOf } from './page-title.ts'
import { contentSecurityPolicy } from './security-headers.ts'

type Options = {
  status?: number
  formAction?: string
  /** What it loads in frames. */
  frames?: readonly string[]
  /** Of others, which it may show. */
  pictures?: readonly string[]
  headers?: Record<string, string>
  /** Light or dark, where the organization leaves that open. */
  appearance?: Look['mode']
}

const sheets = new WeakMap<BrandingView, Buffer>()

/** The same bytes for all pages of one look. */
function sheetOf(branding: BrandingView): Buffer {
  const sheet = sheets.get(branding) ?? Buffer.from(branding.css)
  sheets.set(branding, sheet)
  return sheet
}

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
  const { mode, layout } = page.branding
  const { status = 200, formAction, frames, pictures, headers, appearance = 'auto' } = options
  const scheme = mode === 'auto' ? appearance : mode
  const attribute = (name: string, value: Look['mode']) => (value === 'auto' ? '' : ` data-${name}="${value}"`)
  const theme = attribute('theme', scheme) + attribute('appearance', appearance)
  const pieces = fill(templates[page.kind === 'app' ? 'app' : 'login'], {
    html: [`<html lang="${page.language}" dir="${direction}"${theme}>`],
    title: [`<title>${escaped(titleOf(page))}</title>`],
    head: [`<style nonce="${nonce}" id="branding">`, sheetOf(page.branding), '</style>'],
    body: [`<body data-layout="${layout}">`],
    data: ['<script type="application/json" id="page">', ...pageData(page), '</script>'],
  })
  const isPacked = accepts(c, 'gzip')
  return answer(c, isPacked ? gzip(pieces) : bytesOf(pieces), status, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': contentSecurityPolicy({
      nonce,
      ...(frames && { frames }),
      ...(pictures && { pictures }),
      ...(formAction && { formAction }),
    }),
    vary: 'Cookie, Accept-Language, Accept-Encoding',
    ...(isPacked && { 'content-encoding': 'gzip' }),
    ...headers,
  })
}

import type { BrandingView } from '@vestibule/shared/branding.ts'
import { html, raw } from 'hono/html'
import type { RandomBytes } from '../../crypto/token.ts'
import { answer } from '../answer.ts'
import type { Http } from '../env.ts'
import { styleSheetsOf, type Templates } from '../page-template.ts'
import { contentSecurityPolicy } from '../security-headers.ts'
import { SCRIPT, STYLE } from './style.ts'

export type Html = ReturnType<typeof html>
export type Frame = { templates: Templates; branding: BrandingView; randomBytes: RandomBytes }
type Content = {
  title: string
  list: Html
  open: Html /** Reload when the newest message is another one. */
  newest?: string
}

const ARCH =
  '<svg viewBox="0 0 30 30" aria-hidden="true"><path fill="var(--brand)" d="M2 30V14a13 13 0 0 1 26 0v16z"/><path fill="var(--surface)" d="M7 30V14a8 8 0 0 1 16 0v16z"/><path fill="#e8a33d" d="M11 30V15a4 4 0 0 1 8 0v15z"/></svg>'

const PAGES = [
  ['/dev/outbox', 'Outbox'],
  ['/__messages', 'Previews'],
] as const

/** A page for whoever develops: a list and what is open of it, in the look of the product. In English, because no visitor sees it. */
export function benchPage(c: Http, { templates, branding, randomBytes }: Frame, content: Content): Response {
  const nonce = randomBytes(16).toString('base64')
  const sheets = styleSheetsOf(templates.app)
  const newest = content.newest === undefined ? '' : html` data-newest="${content.newest}"`
  // style and script are constants, the sheets and the look were built by us
  const page = html`<!doctype html>
<html lang="en" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${content.title} - Vestibule</title>
<link rel="icon" href="data:,">
${raw(sheets.join('\n'))}
<style nonce="${nonce}">${raw(branding.css)}${raw(STYLE)}</style>
</head>
<body${newest}>
<div class="bench">
<header class="bar">
<span class="logo">${raw(ARCH)}<span>Vestibule <span class="quiet-name">development</span></span></span>
<nav class="tools">${PAGES.map(([path, name]) => html`<a class="button slim ${path === c.req.path ? 'secondary' : 'quiet'}" href="${path}">${name}</a>`)}</nav>
</header>
<main class="panes">${content.list}${content.open}</main>
</div>
<script nonce="${nonce}">${raw(SCRIPT)}</script>
</body>
</html>`
  return answer(c, String(page), 200, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': `${contentSecurityPolicy({ nonce })}; frame-src 'self'`,
  })
}

/** The HTML part of a message by itself, for a frame of ours: it runs nothing, fetches nothing and is nobody. */
export const mailPage = (c: Http, mail: string): Response =>
  answer(c, mail, 200, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox",
    'x-frame-options': 'SAMEORIGIN',
  })

/** Something to copy, with its label. */
export const copyable = (label: string, value: string): Html =>
  html`<div class="secret"><code>${value}</code><button type="button" class="button quiet slim" data-copy="${value}">Copy ${label}</button></div>`

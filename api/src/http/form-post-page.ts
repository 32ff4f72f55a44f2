import { LANGUAGES, type Language } from '@vestibule/shared/languages.ts'
import type { RandomBytes } from '../crypto/token.ts'
import { answer } from './answer.ts'
import type { Http } from './env.ts'
import { dressed } from './localize.ts'
import { contentSecurityPolicy } from './security-headers.ts'

const escaped = (text: string) => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)

/**
 * OAuth 2.0 Form Post Response Mode: a page that posts itself to the redirect URI, and has a button where scripts do not run. The policy
 * lets a form go to that origin and nowhere else.
 */
export function formPostPage(
  c: Http,
  { to, form }: { to: string; form: Record<string, string> },
  language: Language,
  randomBytes: RandomBytes,
): Response {
  const nonce = randomBytes(16).toString('base64')
  const inputs = Object.entries(form).map(
    ([name, value]) => `<input type="hidden" name="${escaped(name)}" value="${escaped(value)}">`,
  )
  const { common } = dressed(language, 'login').strings as { common: { continue: string } }
  const html = `<!doctype html><html lang="${language}" dir="${LANGUAGES[language].direction}"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark"><title>…</title></head>
<body><form method="post" action="${escaped(to)}">${inputs.join('')}<noscript><button>${escaped(common.continue)}</button></noscript></form>
<script nonce="${nonce}">document.forms[0].submit()</script></body></html>`
  return answer(c, html, 200, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': contentSecurityPolicy({ nonce, formAction: new URL(to).origin }),
  })
}

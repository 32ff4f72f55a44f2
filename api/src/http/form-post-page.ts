import type { RandomBytes } from '../crypto/token.ts'
import { answer } from './answer.ts'
import type { Http } from './env.ts'
import { contentSecurityPolicy } from './security-headers.ts'

const escaped = (text: string) => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)

/**
 * OAuth 2.0 Form Post Response Mode: a page that posts itself to the redirect URI, and has a button where scripts do not run. The policy
 * lets a form go to that origin and nowhere else.
 */
export function formPostPage(c: Http, to: string, values: Record<string, string>, randomBytes: RandomBytes): Response {
  const nonce = randomBytes(16).toString('base64')
  const inputs = Object.entries(values).map(
    ([name, value]) => `<input type="hidden" name="${escaped(name)}" value="${escaped(value)}">`,
  )
  const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark"><title>…</title></head>
<body><form method="post" action="${escaped(to)}">${inputs.join('')}<noscript><button>Continue</button></noscript></form>
<script nonce="${nonce}">document.forms[0].submit()</script></body></html>`
  return answer(c, html, 200, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': contentSecurityPolicy({ nonce, formAction: new URL(to).origin }),
  })
}

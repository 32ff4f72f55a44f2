import type { Settings } from '../settings.ts'

type Policy = { nonce?: string; formAction?: string; frames?: readonly string[]; pictures?: readonly string[] }

/**
 * The content security policy of a page of ours: scripts and styles from this origin only, nothing inline without the nonce.
 * `formAction` adds the one origin that a form_post response goes to, `frames` and `pictures` those of what the page
 * loads from elsewhere.
 */
export function contentSecurityPolicy({ nonce, formAction, frames = [], pictures = [] }: Policy): string {
  const withNonce = nonce ? ` 'nonce-${nonce}'` : ''
  return [
    "default-src 'none'",
    `script-src 'self'${withNonce}`,
    `style-src 'self'${withNonce}`,
    ["img-src 'self' data:", ...originsOf(pictures)].join(' '),
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    `form-action 'self'${formAction ? ` ${formAction}` : ''}`,
    ...(frames.length > 0 ? [`frame-src ${originsOf(frames).join(' ')}`] : []),
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "object-src 'none'",
  ].join('; ')
}

const originsOf = (addresses: readonly string[]) => [...new Set(addresses.map((address) => new URL(address).origin))]

/**
 * What stands on every answer, errors included. A page of ours says more in its own policy. Names below a login domain are none of our
 * affair: they may be a whole company.
 */
export const commonHeaders = ({ secure, issuer, publicOrigin }: Settings): Record<string, string> => ({
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
  ...(secure && {
    'strict-transport-security': `max-age=63072000${issuer === publicOrigin ? '; includeSubDomains' : ''}`,
  }),
})

/** Nothing of this answer is kept anywhere. */
export const NO_STORE = { 'cache-control': 'no-store', pragma: 'no-cache' }

import { isLoopback } from './loopback.ts'

/** So many a browser may have to compare; it reads those of five names at most. */
const MOST = 20

/**
 * Pages elsewhere that may use the passkeys of this place (WebAuthn Level 3, 5.11), separated by commas or blanks: exact origins, with https
 * unless they are on this machine. Null when one of them is none, or when there are too many.
 */
export function parseRelatedOrigins(text: string): string[] | null {
  const origins = text.split(/[\s,]+/).filter((part) => part !== '')
  const isOrigin = (part: string) => {
    const url = URL.canParse(part) ? new URL(part) : null
    const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname))
    // a star is a letter to the parser, and would name no host
    return isSafe && url?.origin === part && !url.hostname.includes('*')
  }
  return origins.length <= MOST && origins.every(isOrigin) ? [...new Set(origins)] : null
}

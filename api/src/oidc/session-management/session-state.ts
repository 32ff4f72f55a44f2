import { hash } from 'node:crypto'

type About = { clientId: string; origin: string; browserState: string; salt: string }

/**
 * `session_state` (OpenID Connect Session Management 1.0, 2): tells the application nothing but whether it still holds. The frame makes the
 * same of what it finds in its cookie.
 */
export const sessionState = ({ clientId, origin, browserState, salt }: About): string =>
  `${hash('sha256', [clientId, origin, browserState, salt].join(' '), 'hex')}.${salt}`

import { expect } from 'vitest'
import { ACCESS, type Access, type RouteKey } from '../http/access.ts'

/** What stands in an address for a row, and is none. */
const UNKNOWN: Record<string, string> = {
  request: 'req_unknown',
  file: 'none.js',
  message: 'msg_unknown',
  organization: 'org_unknown',
  user: 'usr_unknown',
  session: 'ses_unknown',
  factor: 'crd_unknown',
  application: 'app_unknown',
  trace: 'trace_unknown',
  project: 'unknown',
  serviceUser: 'usr_unknown',
  key: 'key_unknown',
  token: 'pat_unknown',
  kind: 'lockout',
}

/** The address of a route with these in the places of its parameters. */
export const addressOf = (pattern: string, things: Readonly<Record<string, string>>): string =>
  pattern.replaceAll(/:(\w+)/g, (_, name: string) => {
    const thing = things[name]
    if (thing === undefined) throw new Error(`nothing stands for :${name}`)
    return thing
  })

/** Every route of the access table, with an address that leads to it and to nothing behind it. */
export const routes: { key: RouteKey; method: string; path: string; access: Access }[] = Object.entries(ACCESS).map(
  ([key, access]) => {
    const [method = '', pattern = ''] = key.split(' ')
    return {
      key: key as RouteKey,
      method,
      path: addressOf(pattern, UNKNOWN),
      access,
    }
  },
)

export const routesWhere = (matches: (access: Access) => boolean) => routes.filter(({ access }) => matches(access))

/** The one page that others may frame (OpenID Connect Session Management 1.0, 3.2): it stands on its own. */
export const FRAMABLE = 'GET /oidc/v1/check_session'

/** What stands on every answer. */
export const SECURITY_HEADERS = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'content-security-policy': expect.stringContaining("frame-ancestors 'none'"),
  'x-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
}

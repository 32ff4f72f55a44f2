import { expect } from 'vitest'
import { ACCESS, type Access, type RouteKey } from '../http/access.ts'

/** Every route of the access table, with an address that leads to it and to nothing behind it. */
export const routes: { key: RouteKey; method: string; path: string; access: Access }[] = Object.entries(ACCESS).map(
  ([key, access]) => {
    const [method = '', pattern = ''] = key.split(' ')
    return {
      key: key as RouteKey,
      method,
      path: pattern
        .replace(':request', 'req_unknown')
        .replace(':file', 'none.js')
        .replace(':message', 'msg_unknown')
        .replace(':organization', 'org_unknown')
        .replace(':user', 'usr_unknown')
        .replace(':kind', 'lockout')
        .replace(':application', 'app_unknown')
        .replace(':trace', 'trace_unknown'),
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

import type { Permission, RoleScope } from '@vestibule/shared/roles.ts'
import { STEP_UP_MAX_AGE } from '../domain/auth-request.ts'

/** Who may call a route. What each of them proves is checked in one place each: cookies.ts, actor.ts, client-authentication.ts. */
export type Caller =
  | 'anyone'
  /** A browser, known or not yet. */
  | 'browser'
  /** Somebody signed in on the account pages: the login engine decides. */
  | 'account'
  /** Somebody signed in who holds a role with the permission that the row names, where it is asked for. */
  | 'manager'
  /** An application with its client authentication. */
  | 'client'
  /** Whoever holds an access token. */
  | 'access_token'
  /** Who runs the server: a token, or this machine. */
  | 'operator'

export type Access = {
  caller: Caller
  /** What a login must amount to, and how old its proof may be (seconds; null: the policy decides). */
  assurance: { level: 'none' | 'aal1'; maxAge: number | null }
  /** May change something: our own Origin and JSON or an image, or the protocol's own form with no cookie to abuse. */
  write: 'none' | 'own_origin' | 'own_origin_image' | 'protocol'
  /** Stays open to somebody whose account is about to be deleted. Everything else of the account pages is closed to them. */
  duringGrace?: true
  /** Of a manager: what for, and where. Of an organization it is the one that the address names. */
  needs?: { permission: Permission; on: RoleScope }
  /** A GET that may open a flow of the protocol or of the login: a row. HEAD says that the page is there, and opens none. */
  opens?: true
  bucket: 'pages' | 'authorize' | 'login' | 'account' | 'management' | 'protocol' | 'unlimited'
  cache: 'no-store' | 'metadata' | 'assets'
}

const none = { level: 'none', maxAge: null } as const
const signedIn = { level: 'aal1', maxAge: null } as const
const justProven = { level: 'aal1', maxAge: STEP_UP_MAX_AGE } as const

const page = { caller: 'browser', assurance: none, write: 'none', bucket: 'pages', cache: 'no-store' } as const
const protocolPage = {
  caller: 'browser',
  assurance: none,
  write: 'protocol',
  bucket: 'authorize',
  cache: 'no-store',
} as const
const loginRead = { caller: 'browser', assurance: none, write: 'none', bucket: 'login', cache: 'no-store' } as const
const loginWrite = { ...loginRead, write: 'own_origin' } as const
const accountRead = {
  caller: 'account',
  assurance: signedIn,
  write: 'none',
  bucket: 'account',
  cache: 'no-store',
} as const
const accountWrite = { ...accountRead, write: 'own_origin' } as const
/** What is left when the account is about to go: to see who one is, to change one's mind, to take everything along, to leave. */
const lastRead = { ...accountRead, duringGrace: true } as const
const lastWrite = { ...accountWrite, duringGrace: true } as const
/** What somebody at an unattended browser must not do. */
const accountWriteOnProof = { ...accountWrite, assurance: justProven } as const
const reads = (permission: Permission, on: RoleScope = 'organization') =>
  ({ ...accountRead, caller: 'manager', bucket: 'management', needs: { permission, on } }) as const
/** What managers change wants a fresh proof. */
const changes = (permission: Permission, on: RoleScope = 'organization') =>
  ({
    ...reads(permission, on),
    assurance: justProven,
    write: 'own_origin',
  }) as const
const metadata = { caller: 'anyone', assurance: none, write: 'none', bucket: 'unlimited', cache: 'metadata' } as const
const userinfo = {
  caller: 'access_token',
  assurance: none,
  write: 'protocol',
  bucket: 'protocol',
  cache: 'no-store',
} as const
const client = { ...userinfo, caller: 'client' } as const
const development = { ...page, caller: 'anyone' } as const
const probe = { caller: 'anyone', assurance: none, write: 'none', bucket: 'unlimited', cache: 'no-store' } as const

/**
 * Every route that is mounted, and what it asks of its caller. A route that is not here does not start, and a test compares this
 * table with the router.
 */
export const ACCESS = {
  'GET /': page,
  'GET /login/:request': page,
  'GET /signed-in': page,
  'GET /signed-out': page,
  'GET /signed-out/:request': page,
  'GET /account': { ...page, opens: true },
  'GET /account/*': { ...page, opens: true },
  'GET /device': page,
  'GET /device/approved': page,
  'GET /device/refused': page,
  'GET /verify': page,
  'GET /reset': page,
  'GET /setup': page,
  'GET /not-me': page,
  'GET /passkey-link': page,
  'GET /undo-deletion': page,
  'GET /avatars/:file': { ...metadata, bucket: 'pages', cache: 'assets' },
  'GET /assets/:file': { ...metadata, cache: 'assets' },

  'GET /oauth/v2/authorize': { ...protocolPage, write: 'none', opens: true },
  'POST /oauth/v2/authorize': protocolPage,
  'GET /oidc/v1/end_session': { ...protocolPage, write: 'none', opens: true },
  'POST /oidc/v1/end_session': protocolPage,
  'GET /oidc/v1/check_session': { ...page, caller: 'anyone' },
  'POST /oauth/v2/par': client,
  'POST /oauth/v2/authorize-challenge': { ...client, bucket: 'login' },
  'POST /oauth/v2/device_authorization': client,
  'POST /oauth/v2/token': client,
  'POST /oauth/v2/introspect': client,
  'POST /oauth/v2/revoke': client,
  'GET /oidc/v1/userinfo': { ...userinfo, write: 'none' },
  'POST /oidc/v1/userinfo': userinfo,
  'GET /oauth/v2/keys': metadata,
  'GET /.well-known/openid-configuration': metadata,
  'GET /.well-known/oauth-authorization-server': metadata,
  'GET /.well-known/webauthn': metadata,

  'GET /api/login/:request': loginRead,
  'POST /api/login/:request/identifier': loginWrite,
  'POST /api/login/:request/password': loginWrite,
  'POST /api/login/:request/passkey-options': loginWrite,
  'POST /api/login/:request/passkey': loginWrite,
  'POST /api/passkey-upgrade': loginWrite,
  'POST /api/login/:request/first-passkey-options': loginWrite,
  'POST /api/login/:request/first-passkey': loginWrite,
  'POST /api/login/:request/first-password': loginWrite,
  'POST /api/login/:request/offered-passkey-options': loginWrite,
  'POST /api/login/:request/offered-passkey': loginWrite,
  'POST /api/login/:request/decline-passkey': loginWrite,
  'POST /api/login/:request/security-key-options': loginWrite,
  'POST /api/login/:request/security-key': loginWrite,
  'POST /api/login/:request/enroll-security-key-options': loginWrite,
  'POST /api/login/:request/enroll-security-key': loginWrite,
  'POST /api/login/:request/totp': loginWrite,
  'POST /api/login/:request/recovery-code': loginWrite,
  'POST /api/login/:request/second-code-send': loginWrite,
  'POST /api/login/:request/second-code': loginWrite,
  'POST /api/login/:request/keep-recovery-codes': loginWrite,
  'POST /api/login/:request/enroll-totp': loginWrite,
  'POST /api/login/:request/enroll-totp-code': loginWrite,
  'POST /api/login/:request/skip-enrollment': loginWrite,
  'POST /api/login/:request/reset': loginWrite,
  'POST /api/login/:request/reset-code': loginWrite,
  'POST /api/login/:request/reset-link': loginWrite,
  'POST /api/login/:request/reset-cancel': loginWrite,
  'POST /api/login/:request/new-password': loginWrite,
  'POST /api/login/:request/change-password': loginWrite,
  'POST /api/login/:request/account': loginWrite,
  'POST /api/login/:request/restart': loginWrite,
  'POST /api/login/:request/consent': loginWrite,
  'POST /api/login/:request/keep-account': loginWrite,
  'POST /api/login/:request/cancel': loginWrite,
  'POST /api/login/:request/finish': loginWrite,
  'POST /api/login/:request/forget': loginWrite,
  'POST /api/login/:request/sign-out': loginWrite,
  'POST /api/login/:request/registration': loginWrite,
  'POST /api/login/:request/register': loginWrite,
  'POST /api/login/:request/registration-change': loginWrite,
  'POST /api/login/:request/email-code': loginWrite,
  'POST /api/login/:request/email-code-resend': loginWrite,
  'POST /api/device': loginWrite,
  'POST /api/sign-out/:request': loginWrite,
  'POST /api/password-reset': loginWrite,
  'POST /api/password-reset/look': loginWrite,
  'POST /api/password-setup': loginWrite,
  'POST /api/password-setup/look': loginWrite,
  'POST /api/not-me': loginWrite,
  'POST /api/passkey-link/look': loginWrite,
  'POST /api/passkey-link/options': loginWrite,
  'POST /api/passkey-link': loginWrite,
  'POST /api/undo-deletion': loginWrite,
  'POST /api/language': loginWrite,
  'POST /api/appearance': loginWrite,

  'GET /api/me': lastRead,
  'GET /api/me/sessions': accountRead,
  'POST /api/me/sessions/end': accountWrite,
  'POST /api/me/sign-out': lastWrite,
  'POST /api/me/step-up': lastWrite,
  'GET /api/me/accounts': lastRead,
  'GET /api/me/activity': accountRead,
  'POST /api/me/switch': lastWrite,
  'GET /api/me/applications': accountRead,
  'POST /api/me/applications/revoke': accountWrite,
  'GET /api/me/profile': accountRead,
  'PATCH /api/me/profile': accountWrite,
  'POST /api/me/avatar': { ...accountWrite, write: 'own_origin_image' },
  'POST /api/me/avatar/remove': accountWrite,
  'GET /api/me/contacts': accountRead,
  'POST /api/me/email': accountWriteOnProof,
  'POST /api/me/email/code': accountWrite,
  'POST /api/me/email/resend': accountWrite,
  'POST /api/me/email/cancel': accountWrite,
  'POST /api/me/email/remove': accountWriteOnProof,
  'POST /api/me/phone': accountWriteOnProof,
  'POST /api/me/phone/code': accountWrite,
  'POST /api/me/phone/resend': accountWrite,
  'POST /api/me/phone/cancel': accountWrite,
  'POST /api/me/phone/remove': accountWriteOnProof,
  'POST /api/me/username': accountWriteOnProof,
  'GET /api/me/password': accountRead,
  'POST /api/me/password': accountWrite,
  'GET /api/me/passkeys': accountRead,
  'POST /api/me/passkeys/options': accountWriteOnProof,
  'POST /api/me/passkeys': accountWrite,
  'GET /api/me/passkeys/link': accountRead,
  'POST /api/me/passkeys/link': accountWriteOnProof,
  'POST /api/me/passkeys/link/cancel': accountWrite,
  'POST /api/me/passkeys/rename': accountWrite,
  'POST /api/me/passkeys/remove': accountWriteOnProof,
  'GET /api/me/factors': accountRead,
  'POST /api/me/factors/totp': accountWriteOnProof,
  'POST /api/me/factors/totp-code': accountWrite,
  'POST /api/me/factors/code-send': accountWriteOnProof,
  'POST /api/me/factors/code': accountWrite,
  'POST /api/me/security-keys/options': accountWriteOnProof,
  'POST /api/me/security-keys': accountWrite,
  'POST /api/me/factors/rename': accountWrite,
  'POST /api/me/factors/remove': accountWriteOnProof,
  'GET /api/me/trusted-devices': accountRead,
  'POST /api/me/trusted-devices/remove': accountWriteOnProof,
  'POST /api/me/recovery-codes': accountWriteOnProof,
  'POST /api/me/recovery-codes/try': accountWrite,
  'POST /api/me/not-me': accountWriteOnProof,
  'POST /api/me/export': { ...accountWriteOnProof, duringGrace: true },
  'POST /api/me/deletion': { ...accountWriteOnProof, duringGrace: true },
  'POST /api/me/deletion/undo': lastWrite,

  'GET /api/openapi.json': { ...metadata, bucket: 'pages' },
  'GET /api/docs': { ...page, caller: 'anyone' },
  'GET /api/docs/:file': { ...metadata, bucket: 'pages' },
  'GET /api/v1/organizations/:organization/policies/:kind': reads('policies.read'),
  'PUT /api/v1/organizations/:organization/policies/:kind': changes('policies.write'),
  'DELETE /api/v1/organizations/:organization/policies/:kind': changes('policies.write'),
  'GET /api/v1/organizations/:organization/users': reads('users.read'),
  'POST /api/v1/organizations/:organization/users': changes('users.write'),
  'GET /api/v1/organizations/:organization/users/:user': reads('users.read'),
  'PATCH /api/v1/organizations/:organization/users/:user': changes('users.write'),
  'DELETE /api/v1/organizations/:organization/users/:user': changes('users.write'),
  'POST /api/v1/organizations/:organization/users/:user/deactivate': changes('users.write'),
  'POST /api/v1/organizations/:organization/users/:user/reactivate': changes('users.write'),
  'POST /api/v1/organizations/:organization/users/:user/lock': changes('users.write'),
  'POST /api/v1/organizations/:organization/users/:user/password': changes('users.write'),
  'POST /api/v1/organizations/:organization/users/:user/setup-link': changes('users.write'),
  'GET /api/v1/organizations/:organization/users/:user/sessions': reads('users.read'),
  'DELETE /api/v1/organizations/:organization/users/:user/sessions': changes('users.write'),
  'DELETE /api/v1/organizations/:organization/users/:user/sessions/:session': changes('users.write'),
  'GET /api/v1/organizations/:organization/users/:user/factors': reads('users.read'),
  'DELETE /api/v1/organizations/:organization/users/:user/factors/:factor': changes('users.write'),
  'GET /api/v1/organizations': reads('organizations.read', 'instance'),
  'POST /api/v1/organizations': changes('organizations.manage', 'instance'),
  'GET /api/v1/organizations/:organization': reads('organizations.read'),
  'PATCH /api/v1/organizations/:organization': changes('organizations.write'),
  'PUT /api/v1/organizations/:organization/login-domain': changes('organizations.manage'),
  'DELETE /api/v1/organizations/:organization/login-domain': changes('organizations.manage'),
  'POST /api/v1/organizations/:organization/deactivate': changes('organizations.manage'),
  'POST /api/v1/organizations/:organization/reactivate': changes('organizations.manage'),
  'GET /api/v1/organizations/:organization/events': reads('events.read'),
  'GET /api/v1/organizations/:organization/managers': reads('managers.read'),
  'PUT /api/v1/organizations/:organization/managers/:user': changes('managers.write'),
  'GET /api/v1/instance/managers': reads('managers.read', 'instance'),
  'PUT /api/v1/instance/managers/:user': changes('managers.write', 'instance'),
  'GET /api/v1/instance/events': reads('events.read', 'instance'),
  'GET /api/v1/organizations/:organization/applications': reads('applications.read'),
  'POST /api/v1/organizations/:organization/applications': changes('applications.write'),
  'GET /api/v1/organizations/:organization/applications/:application': reads('applications.read'),
  'PATCH /api/v1/organizations/:organization/applications/:application': changes('applications.write'),
  'DELETE /api/v1/organizations/:organization/applications/:application': changes('applications.write'),
  'POST /api/v1/organizations/:organization/applications/:application/secret': changes('applications.write'),
  'GET /api/v1/organizations/:organization/projects': reads('projects.read'),
  'POST /api/v1/organizations/:organization/projects': changes('projects.write'),
  'GET /api/v1/organizations/:organization/projects/:project': reads('projects.read'),
  'PATCH /api/v1/organizations/:organization/projects/:project': changes('projects.write'),
  'DELETE /api/v1/organizations/:organization/projects/:project': changes('projects.write'),
  'GET /api/v1/organizations/:organization/projects/:project/grants': reads('grants.read'),
  'GET /api/v1/organizations/:organization/users/:user/grants': reads('grants.read'),
  'PUT /api/v1/organizations/:organization/users/:user/grants/:project': changes('grants.write'),
  'DELETE /api/v1/organizations/:organization/users/:user/grants/:project': changes('grants.write'),
  'GET /api/v1/organizations/:organization/service-users': reads('service_users.read'),
  'POST /api/v1/organizations/:organization/service-users': changes('service_users.write'),
  'GET /api/v1/organizations/:organization/service-users/:serviceUser': reads('service_users.read'),
  'PATCH /api/v1/organizations/:organization/service-users/:serviceUser': changes('service_users.write'),
  'DELETE /api/v1/organizations/:organization/service-users/:serviceUser': changes('service_users.write'),
  'POST /api/v1/organizations/:organization/service-users/:serviceUser/deactivate': changes('service_users.write'),
  'POST /api/v1/organizations/:organization/service-users/:serviceUser/reactivate': changes('service_users.write'),
  'POST /api/v1/organizations/:organization/service-users/:serviceUser/secret': changes('service_users.write'),
  'DELETE /api/v1/organizations/:organization/service-users/:serviceUser/secret': changes('service_users.write'),
  'GET /api/v1/organizations/:organization/service-users/:serviceUser/keys': reads('service_users.read'),
  'POST /api/v1/organizations/:organization/service-users/:serviceUser/keys': changes('service_users.write'),
  'DELETE /api/v1/organizations/:organization/service-users/:serviceUser/keys/:key': changes('service_users.write'),
  'GET /api/v1/organizations/:organization/service-users/:serviceUser/tokens': reads('service_users.read'),
  'POST /api/v1/organizations/:organization/service-users/:serviceUser/tokens': changes('service_users.write'),
  'DELETE /api/v1/organizations/:organization/service-users/:serviceUser/tokens/:token': changes('service_users.write'),
  'POST /api/v1/organizations/:organization/users/:user/unlock': changes('users.unlock'),
  'GET /api/v1/organizations/:organization/dead-letters': reads('messages.read'),
  'GET /api/v1/organizations/:organization/traces/:trace': reads('traces.read'),
  'GET /api/v1/organizations/:organization/applications/:application/traces': reads('traces.read'),
  'GET /api/v1/instance/traces/:trace': reads('traces.read', 'instance'),
  'GET /api/v1/instance/policies/:kind': reads('policies.read', 'instance'),
  'PUT /api/v1/instance/policies/:kind': changes('policies.write', 'instance'),
  'DELETE /api/v1/instance/policies/:kind': changes('policies.write', 'instance'),

  // mounted in development only
  'GET /dev/outbox': development,
  'GET /dev/outbox/:message': development,
  'GET /__messages': development,
  'GET /__messages/:message': development,

  'GET /healthz': probe,
  'GET /readyz': probe,
  'GET /metrics': { caller: 'operator', assurance: none, write: 'none', bucket: 'unlimited', cache: 'no-store' },
} as const satisfies Record<string, Access>

export type RouteKey = keyof typeof ACCESS

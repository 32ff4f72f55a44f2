/**
 * The routes of the product by the names that the cases use. When a route gets another shape this file changes, and no case does.
 * The addresses of the protocol are not here: they are read from the discovery document.
 */
export type Call = { method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'; path: string; body?: unknown }

const get = (path: string): Call => ({ method: 'GET', path })
const post = (path: string, body: unknown): Call => ({ method: 'POST', path, body })

export const DISCO = '/.well-known/openid-configuration'

/** The steps of a pending request; `request` is its id. */
export const LOGIN = {
  get: (request: string) => get(`/api/login/${request}`),
  START: (request: string, identifier: string) => post(`/api/login/${request}/identifier`, { identifier }),
  PW: (request: string, password: string, staySignedIn = false) =>
    post(`/api/login/${request}/password`, { password, staySignedIn }),
  RESTART: (request: string, fresh = false) => post(`/api/login/${request}/restart`, { fresh }),
  CONSENT: (request: string, allow: boolean) => post(`/api/login/${request}/consent`, { allow }),
  KEEP: (request: string) => post(`/api/login/${request}/keep-account`, {}),
  CANCEL: (request: string) => post(`/api/login/${request}/cancel`, {}),
  FINISH: (request: string) => post(`/api/login/${request}/finish`, {}),
  CHANGE_PW: (request: string, newPassword: string, endOtherSessions = true) =>
    post(`/api/login/${request}/change-password`, { newPassword, endOtherSessions }),
}

/** The second proof, and what is set up on the way in. */
export const SECOND = {
  TOTP: (request: string, code: unknown) => post(`/api/login/${request}/totp`, { code }),
  RECOVERY: (request: string, code: unknown) => post(`/api/login/${request}/recovery-code`, { code }),
  BEGIN: (request: string) => post(`/api/login/${request}/enroll-totp`, {}),
  CONFIRM: (request: string, code: unknown) => post(`/api/login/${request}/enroll-totp-code`, { code }),
  KEEP: (request: string) => post(`/api/login/${request}/keep-recovery-codes`, {}),
  SKIP: (request: string) => post(`/api/login/${request}/skip-enrollment`, {}),
}

/** What an authenticator made or proved. */
export const KEYS = {
  passkeyOptions: () => post('/api/me/passkeys/options', {}),
  addPasskey: (credential: unknown) => post('/api/me/passkeys', { credential }),
  keyOptions: () => post('/api/me/security-keys/options', {}),
  addKey: (credential: unknown) => post('/api/me/security-keys', { credential }),
}

/** What the form of a registration holds. */
export const registrationForm = (name: string) => ({
  givenName: name,
  familyName: 'of the tests',
  email: `${name}@new.test`,
  newPassword: 'canary lighthouse keeper 42',
})

/** An account of one's own: begun, the form, its code. */
export const REG = {
  BEGIN: (request: string, identifier = '') => post(`/api/login/${request}/registration`, { identifier }),
  START: (request: string, form: object) => post(`/api/login/${request}/register`, form),
  CHANGE: (request: string) => post(`/api/login/${request}/registration-change`, {}),
  VERIFY: (request: string, code: unknown) => post(`/api/login/${request}/email-code`, { code }),
  RESEND: (request: string) => post(`/api/login/${request}/email-code-resend`, {}),
}

/** A forgotten password: asked for, its code or its link, and the new one. */
export const RESET = {
  START: (request: string, more: object = {}) => post(`/api/login/${request}/reset`, more),
  CODE: (request: string, code: unknown) => post(`/api/login/${request}/reset-code`, { code }),
  LINK: (request: string, token: string) => post(`/api/login/${request}/reset-link`, { token }),
  SET: (request: string, newPassword: string, more: object = {}) =>
    post(`/api/login/${request}/new-password`, { newPassword, ...more }),
  LEAVE: (request: string) => post(`/api/login/${request}/reset-cancel`, {}),
  LOOK: (token: string) => post('/api/password-reset/look', { token }),
  BY_LINK: (token: string, newPassword: string) => post('/api/password-reset', { token, newPassword }),
}

/** The account picker. */
export const PICK = {
  list: LOGIN.get,
  select: (request: string, session: string) => post(`/api/login/${request}/account`, { session }),
  forget: (request: string, session: string) => post(`/api/login/${request}/forget`, { session }),
  signOut: (request: string, session: string) => post(`/api/login/${request}/sign-out`, { session }),
}

export const ME = {
  profile: () => get('/api/me'),
  sessions: () => get('/api/me/sessions'),
  endSession: (session: string) => post('/api/me/sessions/end', { session }),
  signOut: () => post('/api/me/sign-out', {}),
  applications: () => get('/api/me/applications'),
  revoke: (application: string) => post('/api/me/applications/revoke', { application }),
  contacts: () => get('/api/me/contacts'),
  changeEmail: (value: string) => post('/api/me/email', { value }),
  changePhone: (value: string) => post('/api/me/phone', { value }),
  enterContactCode: (kind: 'email' | 'phone', code: string) => post(`/api/me/${kind}/code`, { code }),
  contact: (kind: 'email' | 'phone', action: 'resend' | 'cancel' | 'remove') => post(`/api/me/${kind}/${action}`, {}),
  changeUsername: (username: string) => post('/api/me/username', { username }),
  ownProfile: () => get('/api/me/profile'),
  changeProfile: (version: number, members: object): Call => ({
    method: 'PATCH',
    path: '/api/me/profile',
    body: { version, ...members },
  }),
  stepUp: (returnTo: string) => post('/api/me/step-up', { returnTo }),
  accounts: () => get('/api/me/accounts'),
  activity: () => get('/api/me/activity'),
  notMe: () => post('/api/me/not-me', {}),
  password: () => get('/api/me/password'),
  changePassword: (currentPassword: string, newPassword: string, more: object = {}) =>
    post('/api/me/password', { currentPassword, newPassword, ...more }),
  planDeletion: (loginName: string) => post('/api/me/deletion', { loginName }),
  undoDeletion: () => post('/api/me/deletion/undo', {}),
  switchTo: (session: string | null) => post('/api/me/switch', { session }),
}

/** What managers do in an organization. */
export const ADM = {
  policy: (organization: string, kind = 'lockout') => get(`/api/v1/organizations/${organization}/policies/${kind}`),
  setPolicy: (organization: string, value: unknown, kind = 'lockout'): Call => ({
    ...ADM.policy(organization, kind),
    method: 'PUT',
    body: value,
  }),
  inheritPolicy: (organization: string, kind = 'lockout'): Call => ({
    ...ADM.policy(organization, kind),
    method: 'DELETE',
    body: {},
  }),
  setupLink: (organization: string, user: string) =>
    post(`/api/v1/organizations/${organization}/users/${user}/setup-link`, {}),
  unlock: (organization: string, user: string) =>
    post(`/api/v1/organizations/${organization}/users/${user}/unlock`, {}),
  deadLetters: (organization: string) => get(`/api/v1/organizations/${organization}/dead-letters`),
}

/** What managers do with people and things of an organization: each call once. */
export const MANAGE = {
  users: (organization: string) => `/api/v1/organizations/${organization}/users`,
  user: (organization: string, user: string) => get(`${MANAGE.users(organization)}/${user}`),
  setEmail: (organization: string, user: string, email: string): Call => ({
    ...MANAGE.user(organization, user),
    method: 'PATCH',
    body: { email, emailVerified: true },
  }),
  act: (organization: string, user: string, action: string, body: object = {}) =>
    post(`${MANAGE.users(organization)}/${user}/${action}`, body),
  remove: (organization: string, user: string, what = ''): Call => ({
    method: 'DELETE',
    path: `${MANAGE.users(organization)}/${user}${what}`,
    body: {},
  }),
  setRoles: (organization: string, user: string, roles: string[]): Call => ({
    method: 'PUT',
    path: `/api/v1/organizations/${organization}/managers/${user}`,
    body: { roles },
  }),
  setInstanceRoles: (user: string, roles: string[]): Call => ({
    method: 'PUT',
    path: `/api/v1/instance/managers/${user}`,
    body: { roles },
  }),
}

/** What would take somebody's account over, or shut them out. */
export const everyActOnPerson = (organization: string, user: string): Call[] => [
  MANAGE.setEmail(organization, user, 'taken@evil.test'),
  MANAGE.act(organization, user, 'password', { newPassword: 'a new password for somebody' }),
  MANAGE.act(organization, user, 'setup-link'),
  MANAGE.act(organization, user, 'deactivate'),
  MANAGE.act(organization, user, 'lock'),
  MANAGE.remove(organization, user),
  MANAGE.remove(organization, user, '/sessions'),
  MANAGE.remove(organization, user, '/factors/crd_0'),
]

/** And everything else of an organization that can be read or made. */
export const everyManagedThing = (organization: string, user: string): Call[] => {
  const at = (path: string) => `/api/v1/organizations/${organization}${path}`
  return [
    get(at('')),
    get(at('/users')),
    get(at('/events')),
    get(at('/projects')),
    get(at('/managers')),
    MANAGE.user(organization, user),
    ...everyActOnPerson(organization, user),
    MANAGE.setRoles(organization, user, ['organization_owner']),
    post(at('/users'), { username: 'intruder' }),
    post(at('/applications'), { clientId: 'intruder', name: 'I', type: 'web' }),
    post(at('/projects'), { id: 'intruder', name: 'I' }),
    post(at('/service-users'), { clientId: 'intruder', name: 'I' }),
    post(at('/deactivate'), {}),
    { method: 'PATCH', path: at(''), body: { name: 'Mine' } },
  ]
}

/** What managers do on the instance. */
export const INST = {
  policy: (kind = 'lockout') => get(`/api/v1/instance/policies/${kind}`),
  setPolicy: (value: unknown, kind = 'lockout'): Call => ({ ...INST.policy(kind), method: 'PUT', body: value }),
  inheritPolicy: (kind = 'lockout'): Call => ({ ...INST.policy(kind), method: 'DELETE', body: {} }),
}

/** One call of each of them, for an organization and one of its people. */
export const everyManagement = (organization: string, user: string): Call[] => [
  ADM.policy(organization),
  ADM.deadLetters(organization),
  ADM.setPolicy(organization, { maxFailures: 7 }),
  ADM.inheritPolicy(organization),
  ADM.unlock(organization, user),
]
export const everyInstanceManagement = (): Call[] => [
  INST.policy(),
  INST.setPolicy({ maxFailures: 7 }),
  INST.inheritPolicy(),
]

export const SIGN_OUT = { confirm: (request: string, session: string) => post(`/api/sign-out/${request}`, { session }) }
export const SETUP = {
  set: (token: string, newPassword: string) => post('/api/password-setup', { token, newPassword }),
}
/** The links of messages. */
export const LINK = {
  notMe: (token: string) => post('/api/not-me', { token }),
  undoDeletion: (token: string) => post('/api/undo-deletion', { token }),
}
const APPEARANCE = { choose: (appearance: string) => post('/api/appearance', { appearance }) }
export const LANGUAGE = { choose: (language: string) => post('/api/language', { language, entry: 'login' }) }

/** Pages that a browser opens. */
export const PAGES = [
  '/',
  '/account',
  '/account/profile',
  '/setup',
  '/not-me',
  '/undo-deletion',
  '/verify',
  '/signed-out',
  '/login/req_0',
]

/** One call of every first-party endpoint that changes something. */
export const everyWrite = (request: string, session: string): Call[] => [
  LOGIN.START(request, 'bob'),
  LOGIN.PW(request, 'no password of anybody'),
  LOGIN.RESTART(request),
  LOGIN.CONSENT(request, true),
  LOGIN.CANCEL(request),
  LOGIN.FINISH(request),
  REG.BEGIN(request),
  REG.START(request, registrationForm('nia')),
  REG.CHANGE(request),
  REG.VERIFY(request, '123456'),
  REG.RESEND(request),
  RESET.START(request),
  RESET.CODE(request, 'ABCD-EFGH'),
  RESET.LINK(request, `vl_${'a'.repeat(43)}`),
  RESET.SET(request, 'a new password for somebody'),
  RESET.LEAVE(request),
  RESET.LOOK(`vl_${'a'.repeat(43)}`),
  RESET.BY_LINK(`vl_${'a'.repeat(43)}`, 'a new password for somebody'),
  LOGIN.CHANGE_PW(request, 'a new password for somebody'),
  PICK.select(request, session),
  PICK.forget(request, session),
  PICK.signOut(request, session),
  SIGN_OUT.confirm(request, session),
  SETUP.set(`vl_${'a'.repeat(43)}`, 'a new password for somebody'),
  LANGUAGE.choose('de'),
  APPEARANCE.choose('dark'),
  ME.changeProfile(1, { nickname: 'x' }),
  ME.changePassword('no password of anybody', 'a new password for somebody'),
  ME.revoke('app_0'),
  ME.changeEmail('new@elsewhere.test'),
  ME.changePhone('+4930901820'),
  ME.enterContactCode('email', '123456'),
  ME.enterContactCode('phone', '123456'),
  ME.contact('email', 'resend'),
  ME.contact('email', 'cancel'),
  ME.contact('email', 'remove'),
  ME.contact('phone', 'resend'),
  ME.contact('phone', 'cancel'),
  ME.contact('phone', 'remove'),
  ME.changeUsername('bobby'),
  ME.endSession('others'),
  ME.signOut(),
  ME.stepUp('profile'),
  ME.switchTo(null),
  ME.notMe(),
  LINK.notMe(`vl_${'a'.repeat(43)}`),
  LINK.undoDeletion(`vl_${'a'.repeat(43)}`),
  ME.planDeletion('nobody'),
  ME.undoDeletion(),
  LOGIN.KEEP(request),
]

/** One call of every first-party endpoint that only answers. */
export const everyRead = (request: string): Call[] => [
  LOGIN.get(request),
  ME.profile(),
  ME.sessions(),
  ME.accounts(),
  ME.activity(),
  ME.password(),
  ME.ownProfile(),
  ME.applications(),
  ME.contacts(),
]

/** Endpoints of systems like this one that this product does not have: they answer 404 to everybody. */
export const NOT_HERE = [
  '/api/v1/organizations/org_0/members',
  '/api/v1/organizations/org_0/users/usr_0/roles',
  '/api/v1/instance/members',
  '/api/organizations',
  '/api/v1/instance/users',
  '/api/instance',
  '/api/users',
  '/api/sessions',
  '/api/admin',
  '/api/me/roles',
  '/api/me/tokens',
  '/api/login',
  '/api/password',
]

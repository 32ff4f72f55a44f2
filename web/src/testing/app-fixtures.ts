import type { Activity } from '@vestibule/shared/contract/activity.ts'
import type { OwnApplication } from '@vestibule/shared/contract/applications.ts'
import type { OwnContacts } from '@vestibule/shared/contract/contacts.ts'
import type { Me, OwnSession } from '@vestibule/shared/contract/me.ts'
import type { OwnData } from '@vestibule/shared/contract/own-data.ts'
import type { OwnProfile } from '@vestibule/shared/contract/profile.ts'
import type { AccountView } from '@vestibule/shared/login-step.ts'

export const me: Me = {
  id: 'usr_ada',
  displayName: 'Ada Lovelace',
  givenName: 'Ada',
  loginName: 'ada@acme.test',
  email: 'ada@acme.test',
  isEmailVerified: true,
  organization: 'Acme',
  picture: null,
  passwordEndsAt: null,
  deletionAt: null,
  deletionGraceDays: 14,
}

/** The accounts of the browser: whose pages these are, and another. */
export const mine = {
  session: 'ses_here',
  displayName: me.displayName,
  loginName: me.loginName,
  organization: me.organization,
  picture: null as string | null,
  state: 'signed_in' as AccountView['state'],
  current: true,
}
export const ours: typeof mine = {
  ...mine,
  session: 'ses_grace',
  displayName: 'Grace Hopper',
  loginName: 'grace@northwind.test',
  organization: 'Northwind',
  state: 'signed_out',
  current: false,
}

const session = (id: string, browser: string | null, system: string | null, lastUsedAt: string): OwnSession => ({
  id,
  current: false,
  browser,
  system,
  checks: [{ factor: 'password', at: '2026-11-20T09:02:00Z' }],
  createdAt: '2026-11-20T09:02:00Z',
  lastUsedAt,
  firstSeenAt: '2026-01-02T08:00:00Z',
})

export const here: OwnSession = { ...session('ses_here', 'Chrome', 'Linux', '2026-11-22T16:08:00Z'), current: true }
export const phone = session('ses_phone', 'Firefox', 'Android', '2026-11-21T21:14:00Z')
export const unknown = session('ses_unknown', null, null, '2026-11-12T10:00:00Z')

/** Something that happened to the account, the higher the later. */
export const happened = (nth: number, change: Partial<Activity> = {}): Activity => ({
  id: `evt_${nth}`,
  at: new Date(Date.UTC(2026, 10, 20) + nth * 1000).toISOString(),
  type: 'signed_in',
  by: 'self',
  browser: 'Firefox',
  system: 'Linux',
  application: null,
  ...change,
})

export const profile: OwnProfile = {
  version: 7,
  displayName: 'Ada Lovelace',
  givenName: 'Ada',
  familyName: 'Lovelace',
  middleName: null,
  nickname: 'Countess',
  profile: null,
  website: null,
  gender: 'female',
  birthdate: '1815-12-10',
  zoneinfo: 'Europe/London',
  locale: 'de',
  address: null,
}

export const ledger: OwnApplication = {
  id: 'app_ledger',
  name: 'Ledger',
  organization: 'Acme Finance',
  privacy: 'https://ledger.test/privacy',
  terms: 'javascript:alert(1)',
  open: 'https://ledger.test/start?iss=https%3A%2F%2Facme.test&login_hint=ada%40acme.test',
  scopes: ['openid', 'email'],
  since: '2026-05-04T10:00:00Z',
  lastUsedAt: '2026-11-22T16:08:00Z',
}

export const ownData: OwnData = {
  format: 'vestibule-own-data',
  version: 1,
  issuer: 'https://acme.test',
  exportedAt: '2026-11-22T16:08:00Z',
  account: {
    id: me.id,
    subject: me.id,
    displayName: me.displayName,
    organization: me.organization,
    createdAt: '2026-01-02T08:00:00Z',
    deletionAt: null,
    roles: [],
  },
  profile: { givenName: 'Ada' },
  picture: null,
  contacts: [],
  credentials: [],
  trustedDevices: [],
  knownBrowsers: [],
  sessions: [],
  consents: [],
  grants: [],
  metadata: {},
  acceptances: [],
  messages: [],
  events: [],
  cut: [],
}

export const contacts: OwnContacts = {
  email: { value: 'ada@acme.test', isVerified: true, isRemovable: false, pending: null },
  phone: { value: '+4930901820', isVerified: true, isRemovable: true, pending: null },
  username: { value: 'ada', isChangeable: true },
}

import { expect, test } from 'vitest'
import { DEFAULT_APPLICATION_SETTINGS } from './application.ts'
import { needsConsent } from './consent.ts'
import type { OrganizationId } from './ids.ts'

const HOME = 'org_home' as OrganizationId
const AWAY = 'org_away' as OrganizationId

type Consent = (typeof DEFAULT_APPLICATION_SETTINGS)['consent']
const asker = (consent: Consent, type: 'web' | 'spa' | 'native' = 'web') => ({
  type,
  organizationId: HOME,
  settings: { ...DEFAULT_APPLICATION_SETTINGS, consent },
})

test.each<[string, ReturnType<typeof asker>, string[], OrganizationId, string[], boolean]>([
  ['one’s own organization', asker('others'), ['openid', 'email'], HOME, [], false],
  ['another organization, the first time', asker('others'), ['openid'], AWAY, [], true],
  ['another organization, agreed to', asker('others'), ['openid'], AWAY, ['email', 'openid'], false],
  ['another organization, a new scope', asker('others'), ['openid', 'email'], AWAY, ['openid'], true],
  ['no scopes', asker('others'), [], AWAY, [], false],
  ['always', asker('always'), ['openid'], HOME, [], true],
  ['always, agreed to', asker('always'), ['openid'], HOME, ['openid'], false],
  ['never', asker('never'), ['openid', 'offline_access'], AWAY, [], false],
  ['offline access of a web application', asker('others'), ['openid', 'offline_access'], HOME, ['openid'], true],
  ['offline access, agreed to', asker('others'), ['openid', 'offline_access'], HOME, ['offline_access'], false],
  ['offline access of a native application', asker('others', 'native'), ['offline_access'], HOME, [], false],
])('%s', (_name, application, scopes, organization, consented, needed) => {
  expect(needsConsent(application, scopes, organization, consented)).toBe(needed)
})

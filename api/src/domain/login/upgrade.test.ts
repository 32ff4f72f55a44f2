import { expect, test } from 'vitest'
import { account, held, NOW, QUIET_POLICY, user } from '../../testing/login-facts.ts'
import type { AccountFacts } from './facts.ts'
import { mayUpgrade } from './upgrade.ts'

const withTotp = (at: number | null): Partial<AccountFacts> => ({
  factors: held('totp'),
  session: {
    ...account('ann').session,
    checks: [{ factor: 'password', at: NOW }, ...(at === null ? [] : [{ factor: 'totp' as const, at }])],
  },
})

test.each<[string, Partial<AccountFacts>, boolean]>([
  ['a browser makes the first passkey of somebody by itself', {}, true],
  ['and no second one', { factors: { ...held(), passkeys: 1 } }, false],
  ['none where the policy has none', { policy: { ...QUIET_POLICY, allowPasskey: false } }, false],
  ['none where the policy wants people to be asked', { policy: { ...QUIET_POLICY, upgradesToPasskey: false } }, false],
  ['none beside a second factor that was not shown: a trusted browser shows nothing', withTotp(null), false],
  ['none beside one that was shown long ago', withTotp(NOW - 19 * 3_600_000), false],
  ['one beside a second factor that was shown', withTotp(NOW - 1000), true],
  ['none for somebody locked', { user: user('ann', { state: 'locked' }) }, false],
  ['none for somebody deactivated', { user: user('ann', { state: 'deactivated' }) }, false],
  ['none in a house that is closed', { user: user('ann', { organizationActive: false }) }, false],
  ['none for somebody who is leaving', { user: user('ann', { deletionAt: NOW + 1 }) }, false],
])('%s', (_sentence, change, may) => {
  expect(mayUpgrade(account('ann', change), { now: NOW })).toBe(may)
})

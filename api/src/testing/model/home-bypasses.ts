import { DEFAULT_LOGIN_POLICY, type LoginPolicy } from '@vestibule/shared/policy.ts'
import type { Bypass } from './bypasses.ts'
import { withAccounts, withRepository } from './tamper.ts'

/** What managers changed is read as it was before. */
const asBefore = (change: Partial<LoginPolicy>) =>
  withAccounts((account) => ({ ...account, policy: { ...account.policy, ...change } }))

/** What could be wrong with links, devices, rules that change, and what is said of a login. */
export const HOME_BYPASSES: readonly Bypass[] = [
  {
    name: 'a link outlives its reason',
    tamper: withRepository('oneTimeLinks', () => ({ deleteOfUser: async () => undefined, deleteFor: async () => [] })),
  },
  {
    name: 'a link outlives its session',
    seed: 2,
    tamper: withRepository('sessions', ({ findWithUser }) => ({
      async findWithUser(...all) {
        const found = await findWithUser(...all)
        return found && { ...found, session: { ...found.session, endedAt: null, lastUsedAt: Number.MAX_SAFE_INTEGER } }
      },
    })),
  },
  {
    name: 'a code outlives its reason',
    seed: 1,
    tamper: withRepository('oneTimeCodes', () => ({ deleteOfUser: async () => undefined })),
  },
  {
    name: 'what does not count any more counts',
    seed: 3,
    tamper: asBefore({ secondFactors: DEFAULT_LOGIN_POLICY.secondFactors }),
  },
  { name: 'passkeys count where there are none any more', seed: 24, tamper: asBefore({ allowPasskey: true }) },
  {
    name: 'browsers are trusted where none are any more',
    seed: 10,
    tamper: asBefore({ trustedDeviceLifetime: 6_000 }),
  },
  {
    name: 'two factors are claimed of one',
    tamper: withRepository('grants', ({ create }) => ({
      create: (tx, row) => create(tx, { ...row, amr: ['pwd', 'mfa'] }),
    })),
  },
  {
    name: 'a device is let in as often as it asks',
    tamper: withRepository('deviceAuthorizations', () => ({ consume: async () => true })),
  },
]

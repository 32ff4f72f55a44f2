import type { Bypass } from './bypasses.ts'
import { withAccounts, withParameters, withRepository } from './tamper.ts'

/** What could be wrong with second factors, passkeys and trusted browsers. */
export const FACTOR_BYPASSES: readonly Bypass[] = [
  { name: 'the second factor is skipped', without: 'secondFactor' },
  {
    name: 'the organization forces nobody',
    tamper: withAccounts((account) => ({ ...account, policy: { ...account.policy, forceSecondFactor: 'never' } })),
  },
  {
    name: 'what somebody holds is forgotten',
    tamper: withAccounts((account) => ({ ...account, factors: { ...account.factors, second: [], passkeys: 0 } })),
  },
  { name: 'two factors are asked for and forgotten', seed: 1, tamper: withParameters({ requiredAssurance: null }) },
  {
    name: 'a code of an app works as often as one likes',
    tamper: withRepository('credentials', () => ({ useStep: async () => true })),
  },
  {
    name: 'a recovery code works as often as one likes',
    tamper: withRepository('recoveryCodes', ({ has }) => ({ use: (tx, code) => has(tx, code) })),
  },
  {
    name: 'an answer of a passkey works as often as one likes',
    seed: 16,
    tamper: (deps) => ({
      ...withRepository('webauthnChallenges', () => ({ consume: async () => true }))(deps),
      webauthn: {
        ...deps.webauthn,
        // whatever was asked, it was this
        verifyAssertion: (credential, known, asked) => {
          const { challenge } = JSON.parse(Buffer.from(credential.response.clientDataJSON, 'base64url').toString()) as {
            challenge: string
          }
          return deps.webauthn.verifyAssertion(credential, known, { ...asked, challenge })
        },
      },
    }),
  },
  {
    name: 'a passkey that recognised nobody is enough',
    seed: 21,
    tamper: (deps) => ({
      ...deps,
      webauthn: {
        ...deps.webauthn,
        verifyAssertion: (credential, known, asked) =>
          deps.webauthn.verifyAssertion(credential, known, { ...asked, requireUserVerification: false }),
      },
    }),
  },
  {
    name: 'a passkey that was removed opens',
    seed: 8,
    tamper: withRepository('webauthnCredentials', ({ listOfUser }) => ({
      remove: async (tx, id, userId) => {
        const found = (await listOfUser(userId, tx)).find((one) => one.id === id)
        return found ? { type: found.type } : null
      },
    })),
  },
  {
    name: 'trust in one browser counts in every other',
    seed: 2,
    tamper: withRepository('trustedDevices', ({ listOfDevice }, { db }) => ({
      async listOfDevice(_device, tx) {
        const all = await (tx ?? db.query).select({ id: db.tables.devices.id }).from(db.tables.devices)
        const lists = []
        for (const { id } of all) lists.push(...(await listOfDevice(id as never, tx)))
        return lists
      },
    })),
  },
  {
    name: 'trust outlives a new password',
    seed: 8,
    tamper: withRepository('trustedDevices', () => ({ removeOfUser: async () => 0 })),
  },
]

import type { Deps, Executor } from '../../deps.ts'
import { RULES } from '../../domain/login/rules.ts'
import { FACTOR_BYPASSES } from './factor-bypasses.ts'
import { HOME_BYPASSES } from './home-bypasses.ts'
import type { Tamper } from './stage.ts'
import { type Browser, withAccounts, withParameters, withRepository, withRequest, withSession } from './tamper.ts'

/**
 * Servers that are broken on purpose, each in one place, as somebody might break them. They exist here alone: what a run is given is
 * wrapped, and a rule that is taken out is put back.
 */
export type Bypass = {
  name: string
  tamper?: Tamper
  without?: keyof typeof RULES
  /** Where what finds it is rare: stories among which it happens soon, so that nobody waits for hundreds of others. */
  seed?: number
}

/** What a code is compared by says less than it should. */
const namedBy =
  ({ box }: Deps, change: (value: string) => string): Deps['box']['nameOf'] =>
  (purpose, value) =>
    box.nameOf(purpose, purpose.startsWith('one-time code') ? change(value) : value)

export const BYPASSES: readonly Bypass[] = [
  ...FACTOR_BYPASSES,
  ...HOME_BYPASSES,
  {
    name: 'any password is right',
    seed: 2,
    tamper: (deps) => ({ ...deps, passwords: { ...deps.passwords, verify: async () => true } }),
  },
  {
    name: 'the name counts as the password',
    tamper: withRepository('authRequests', ({ save }, { repositories: { sessions }, clock }) => ({
      async save(tx, request) {
        await save(tx, request)
        const { userId, deviceId, loginName } = request
        if (userId === null || loginName === null || request.ceremony !== null) return
        const now = clock.now()
        const session = { id: `ses_${now}` as never, deviceId, userId, loginName, expiresAt: now + 3_600_000 }
        await sessions.create(tx, { ...session, checks: [{ factor: 'password', at: now }], now })
      },
    })),
  },
  {
    name: 'a check of somebody else in this browser counts',
    tamper: withSession((_session, { accounts }) => ({ checks: accounts.flatMap(({ session }) => session.checks) })),
  },
  {
    name: 'sessions of another browser count',
    tamper: withRepository('devices', ({ findWithAccounts, findWithRequest }, { db }) => {
      const withOthers = async <Own extends Pick<Browser, 'accounts'>>(own: Own | null, tx?: Executor) => {
        if (!own || own.accounts.length > 0) return own
        const others = await (tx ?? db.query).select({ hash: db.tables.devices.tokenHash }).from(db.tables.devices)
        for (const { hash } of others) {
          const other = await findWithAccounts(hash, null, tx)
          if (other && other.accounts.length > 0) return { ...own, accounts: other.accounts }
        }
        return own
      }
      return {
        findWithAccounts: async (hash, id, tx) => withOthers(await findWithAccounts(hash, id, tx), tx),
        findWithRequest: async (hash, id, tx) => withOthers(await findWithRequest(hash, id, tx), tx),
      }
    }),
  },
  {
    name: 'a check never grows old',
    tamper: withSession(({ checks }, _browser, { clock }) => ({
      checks: checks.map((check) => ({ ...check, at: clock.now() })),
    })),
  },
  {
    name: 'a session never idles out',
    seed: 20,
    tamper: withSession((_session, _browser, { clock }) => ({ lastUsedAt: clock.now() })),
  },
  { name: 'a session that ended goes on', tamper: withSession(() => ({ endedAt: null })) },
  {
    name: 'somebody deactivated is let in',
    tamper: withAccounts((account) => ({ ...account, user: { ...account.user, state: 'active' } })),
  },
  {
    name: 'a password that has to be replaced is not',
    tamper: withAccounts((account) => ({
      ...account,
      password: account.password && { ...account.password, mustChange: false },
    })),
  },
  {
    name: 'whoever leaves comes in like everybody else',
    seed: 10,
    tamper: withAccounts((account) => ({ ...account, user: { ...account.user, deletionAt: null } })),
  },
  { name: 'consent is skipped', without: 'consent' },
  { name: 'the first factor is skipped', without: 'firstFactor' },
  { name: 'nobody is refused', without: 'refuseInactive' },
  { name: 'no password is replaced', without: 'changePassword' },
  { name: 'prompt=login is forgotten on the way', tamper: withParameters({ prompts: [] }) },
  { name: 'max_age is forgotten on the way', tamper: withParameters({ maxAge: null }) },
  { name: 'the hinted person is forgotten on the way', seed: 21, tamper: withParameters({ subject: null }) },
  { name: 'the organization is forgotten on the way', seed: 1, tamper: withRequest(() => ({ organizationId: null })) },
  { name: 'what was agreed to counts for whoever comes next', tamper: withRequest(() => ({ consentedAt: 1 })) },
  {
    name: 'a request goes on after its end',
    seed: 1,
    tamper: (deps) =>
      withRepository('authRequests', () => ({ finish: async () => true }))(
        withRequest(() => ({ expiresAt: Number.MAX_SAFE_INTEGER, finishedAt: null }))(deps),
      ),
  },
  {
    name: 'a request belongs to every browser',
    tamper: withRepository('devices', ({ findWithRequest }, { db }) => ({
      async findWithRequest(hash, id, tx) {
        const own = await findWithRequest(hash, id, tx)
        if (own) return own
        const all = await (tx ?? db.query).select({ hash: db.tables.devices.tokenHash }).from(db.tables.devices)
        for (const other of all) {
          const found = await findWithRequest(other.hash, id, tx)
          if (found) return found
        }
        return null
      },
    })),
  },
  {
    name: 'a password is reset without the code',
    tamper: withRepository('oneTimeCodes', () => ({ isProven: async () => true, useUp: async () => true })),
  },
  {
    name: 'the code of another flow is taken',
    seed: 4,
    tamper: (deps) => {
      const tampered = withRepository('oneTimeCodes', ({ countAttempt }, { db }) => ({
        async countAttempt(tx, place, now) {
          const own = await countAttempt(tx, place, now)
          const rows = await tx.select().from(db.tables.oneTimeCodes)
          const other = rows.findLast(({ flow, purpose }) => flow !== place.flow && purpose === place.purpose)
          return other ? { ...other, address: own?.address ?? other.address } : own
        },
      }))(deps)
      return { ...tampered, box: { ...deps.box, nameOf: namedBy(deps, (value) => value.split(' ')[1]!) } }
    },
  },
  {
    name: 'any code is right',
    tamper: (deps) => ({ ...deps, box: { ...deps.box, nameOf: namedBy(deps, () => '') } }),
  },
  {
    name: 'an authorization code works twice',
    seed: 6,
    tamper: withRepository('authorizationCodes', ({ consume, find }) => ({
      consume: async (tx, key) => (await consume(tx, key)) ?? (await find(tx, key)),
    })),
  },
  {
    name: 'a refresh token works twice',
    seed: 2,
    tamper: withRepository('refreshTokens', ({ find }) => ({
      async find(tx, key) {
        const found = await find(tx, key)
        return found && { ...found, token: { ...found.token, consumedAt: null } }
      },
      consume: async () => true,
    })),
  },
  {
    name: 'a sign-out leaves the tokens',
    seed: 24,
    tamper: withRepository('grants', () => ({ revokeOfSessions: async () => undefined })),
  },
  {
    name: 'a new password leaves the sessions',
    tamper: withRepository('sessions', () => ({ end: async (_tx, ids) => [...ids] })),
  },
  {
    name: 'a handle stays after it was replaced',
    seed: 1,
    tamper: withRepository('devices', ({ rotate, findWithAccounts, findWithRequest }) => {
      const later = new Map<string, string>()
      const last = (hash: string): string => (later.has(hash) ? last(later.get(hash)!) : hash)
      return {
        async rotate(tx, row) {
          later.set(row.usedTokenHash, row.tokenHash)
          return rotate(tx, row)
        },
        findWithAccounts: (hash, ...all) => findWithAccounts(last(hash), ...all),
        findWithRequest: (hash, ...all) => findWithRequest(last(hash), ...all),
      }
    }),
  },
  {
    name: 'an auth session works as often as one likes',
    seed: 10,
    tamper: (deps) => {
      const later = new Map<string, string>()
      const last = (hash: string): string => (later.has(hash) ? last(later.get(hash)!) : hash)
      const kept = withRepository('devices', ({ rotate }) => ({
        async rotate(tx, row) {
          const usedTokenHash = last(row.usedTokenHash)
          if (usedTokenHash !== row.tokenHash) later.set(usedTokenHash, row.tokenHash)
          return rotate(tx, { ...row, usedTokenHash })
        },
      }))(deps)
      return withRepository('authRequests', ({ find }) => ({
        find: (id, hash, tx) => find(id, last(hash), tx),
      }))(kept)
    },
  },
]

/** Plays with a rule taken out, and puts it back. */
export async function without<Result>(rule: Bypass['without'], play: () => Promise<Result>): Promise<Result> {
  if (!rule) return play()
  const rules: Record<string, unknown> = RULES
  const original = rules[rule]
  rules[rule] = () => null
  try {
    return await play()
  } finally {
    rules[rule] = original
  }
}

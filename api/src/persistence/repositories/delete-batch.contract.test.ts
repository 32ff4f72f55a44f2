import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { Database, Executor } from '../database.ts'
import type { Tables } from '../tables.ts'
import { describeOnEveryDatabase } from '../testing/databases.ts'
import {
  addApplication,
  addDevice,
  addGrant,
  addMessage,
  addSession,
  addUser,
  LATER,
  NOW,
  nextId,
} from '../testing/rows.ts'
import { openRepositories } from './index.ts'

type Name = keyof typeof ADD

/** Adds a row that is over at `end`. */
const ADD = {
  accessTokens: async (db: Database, end: number) => {
    const row = { tokenHash: nextId('t'), grantId: await addGrant(db), scopes: [], expiresAt: end }
    await db.query.insert(db.tables.accessTokens).values(row)
  },
  authorizationCodes: async (db: Database, end: number) => {
    const row = { ...(await issued(db)), codeHash: nextId('c'), redirectUri: 'https://rp.test', expiresAt: end }
    await db.query.insert(db.tables.authorizationCodes).values(row)
  },
  authRequests: async (db: Database, end: number) => {
    const row = { id: nextId('req') as never, deviceId: await addDevice(db), createdAt: NOW, expiresAt: end }
    await db.query.insert(db.tables.authRequests).values({ ...row, parameters: {} as never })
  },
  deviceAuthorizations: async (db: Database, end: number) => {
    const row = {
      codeHash: nextId('c'),
      userCode: nextId('u'),
      applicationId: await addApplication(db),
      createdAt: NOW,
    }
    const asked = { issuer: 'https://login.test', scopes: [], interval: 5, lastPolledAt: NOW, expiresAt: end }
    await db.query.insert(db.tables.deviceAuthorizations).values({ ...row, ...asked })
  },
  devices: (db: Database, end: number) => addDevice(db, { lastSeenAt: end }),
  enrollments: async (db: Database, end: number) => {
    const row = { flow: nextId('req') as never, factor: 'totp', userId: await addUser(db), secret: 's', expiresAt: end }
    await db.query.insert(db.tables.enrollments).values({ ...row, factor: 'totp' })
  },
  grants: (db: Database, end: number) => addGrant(db, { expiresAt: end }),
  idempotencyKeys: async (db: Database, end: number) => {
    await db.query.insert(db.tables.idempotencyKeys).values({ id: nextId('k'), requestHash: 'h', expiresAt: end })
  },
  loginFailures: async (db: Database, end: number) => {
    const row = { key: nextId('k'), failures: 1, total: 1, locks: 0, forgottenAt: end }
    await db.query.insert(db.tables.loginFailures).values(row)
  },
  logoutNotices: async (db: Database, end: number) => {
    const row = { id: nextId('ntc') as never, applicationId: await addApplication(db), createdAt: end }
    const told = { sessionId: nextId('ses') as never, subject: 'ann', issuer: 'https://login.test' }
    await db.query.insert(db.tables.logoutNotices).values({ ...row, ...told })
  },
  logoutRequests: async (db: Database, end: number) => {
    const row = { id: nextId('out') as never, deviceId: await addDevice(db), createdAt: NOW, expiresAt: end }
    await db.query.insert(db.tables.logoutRequests).values(row)
  },
  oneTimeCodes: async (db: Database, end: number) => {
    const row = { id: nextId('otc') as never, flow: nextId('req') as never, createdAt: NOW, expiresAt: end }
    const code = {
      purpose: 'verify_email',
      address: 'ann@acme.test',
      codeHash: nextId('c'),
      codeExpiresAt: end,
    } as const
    await db.query.insert(db.tables.oneTimeCodes).values({ ...row, ...code })
  },
  oneTimeLinks: async (db: Database, end: number) => {
    const row = { tokenHash: nextId('t'), userId: await addUser(db), createdAt: NOW, expiresAt: end }
    await db.query.insert(db.tables.oneTimeLinks).values({ ...row, purpose: 'password_setup' })
  },
  outboxMessages: (db: Database, end: number) => addMessage(db, { createdAt: end, dueAt: null, state: 'sent' }),
  personalTokens: async (db: Database, end: number) => {
    const row = { id: nextId('pat') as never, grantId: await addGrant(db), userId: await addUser(db), createdAt: NOW }
    await db.query.insert(db.tables.personalTokens).values({ ...row, name: 'CI', scopes: [], expiresAt: end })
  },
  knownBrowsers: async (db: Database, end: number) => {
    const row = { id: nextId('kno') as never, tokenHash: nextId('t'), userId: await addUser(db), seenAt: end }
    await db.query.insert(db.tables.knownBrowsers).values(row)
  },
  pushedRequests: async (db: Database, end: number) => {
    const row = { uriHash: nextId('u'), applicationId: await addApplication(db), parameters: {}, expiresAt: end }
    await db.query.insert(db.tables.pushedRequests).values(row)
  },
  spentProofs: async (db: Database, end: number) => {
    await db.query.insert(db.tables.spentProofs).values({ id: nextId('p'), expiresAt: end })
  },
  rateBuckets: async (db: Database, end: number) => {
    await db.query.insert(db.tables.rateBuckets).values({ key: nextId('k'), used: 1, resetsAt: end })
  },
  refreshTokens: async (db: Database, end: number) => {
    const row = { ...(await issued(db)), tokenHash: nextId('t'), expiresAt: NOW - 99, absoluteExpiresAt: end }
    await db.query.insert(db.tables.refreshTokens).values(row)
  },
  sessions: (db: Database, end: number) => addSession(db, { expiresAt: end }),
  traces: async (db: Database, end: number) => {
    const row = { id: nextId('t'), at: end, path: 'authorize', owner: 'instance', error: 'invalid_request' } as const
    await db.query.insert(db.tables.traces).values({ ...row, check: 'client', reason: 'unknown' })
  },
  trustedDevices: async (db: Database, end: number) => {
    const row = { id: nextId('tru') as never, tokenHash: nextId('t'), deviceId: await addDevice(db), expiresAt: end }
    const shown = { organizationId: nextId('org') as never, factor: 'totp', checkedAt: NOW } as const
    await db.query.insert(db.tables.trustedDevices).values({ ...row, ...shown, userId: await addUser(db) })
  },
  webauthnChallenges: async (db: Database, end: number) => {
    const row = {
      challengeHash: nextId('c'),
      flow: nextId('req') as never,
      deviceId: await addDevice(db),
      expiresAt: end,
    }
    await db.query.insert(db.tables.webauthnChallenges).values({ ...row, purpose: 'sign_in' })
  },
}

const issued = async (db: Database) => ({
  grantId: await addGrant(db),
  applicationId: await addApplication(db),
  issuer: 'https://login.test',
})

type Clean = (tx: Executor, before: number, most: number) => Promise<number>
const cleaners = (db: Database) =>
  Object.entries(openRepositories(db)).flatMap(([name, repository]) =>
    Object.entries(repository)
      .filter(([method]) => /^delete.*(Before|Since)$/.test(method))
      .map(([, clean]) => ({ name, clean: clean as Clean })),
  )

describeOnEveryDatabase('clean-up', (open) => {
  test('it is tried of every repository that has one', async () => {
    const names = cleaners(await open()).map(({ name }) => name)
    expect(new Set(names)).toEqual(new Set(Object.keys(ADD)))
  })

  test.each(Object.keys(ADD) as Name[])('%s: at most the batch goes, and only what is over', async (name) => {
    const db = await open()
    const { clean } = cleaners(db).find((cleaner) => cleaner.name === name)!
    for (const end of [NOW - 3, NOW - 2, NOW - 1, NOW, NOW + 1]) await ADD[name](db, end)
    const batch = () => db.transaction((tx) => clean(tx, NOW, 2))
    expect([await batch(), await batch(), await batch()]).toEqual([2, 1, 0])
    expect(await db.query.select().from(db.tables[name] as unknown as Tables['users'])).toHaveLength(2)
  })

  test('what somebody else renews meanwhile stays', async () => {
    const db = await open()
    const { rateBuckets } = openRepositories(db)
    const take = (tx: Executor, now: number) => rateBuckets.take(tx, { key: 'ann', now, resetsAt: now + 10 })
    await db.transaction((tx) => take(tx, NOW))
    const renewed = Promise.withResolvers<void>()
    const end = Promise.withResolvers<void>()
    const renewal = db.transaction(async (tx) => {
      await take(tx, LATER)
      renewed.resolve()
      await end.promise
    })
    await renewed.promise
    const cleaning = db.transaction((tx) => rateBuckets.deleteOverBefore(tx, LATER, 10))
    await sleep(50)
    end.resolve()
    await renewal
    expect(await cleaning).toBe(0)
    expect(await db.transaction((tx) => take(tx, LATER))).toMatchObject({ used: 2 })
  })
})

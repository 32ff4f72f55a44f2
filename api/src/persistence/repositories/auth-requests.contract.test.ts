import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import type { AuthRequestParameters } from '../../domain/auth-request.ts'
import type { ApplicationId, AuthRequestId, OrganizationId, SessionId, UserId } from '../../domain/ids.ts'
import { describeOnEveryDatabase } from '../testing/databases.ts'
import { addApplication, addDevice, addSession, addUser, LATER, NOW, nextId, race } from '../testing/rows.ts'
import { authRequestRepository, type NewAuthRequest } from './auth-requests.ts'
import { consentRepository } from './consents.ts'
import { deviceRepository } from './devices.ts'

const PARAMETERS: AuthRequestParameters = {
  issuer: 'https://login.test',
  redirectUri: 'https://rp.test/cb',
  responseMode: 'query',
  scopes: ['openid'],
  state: 'ünï "quoted" \\ 𝄞',
  nonce: null,
  codeChallenge: null,
  resource: null,
  prompts: [],
  maxAge: 0,
  loginHint: null,
  subject: null,
  requiredAssurance: null,
  claims: null,
  pushed: null,
  device: null,
  dpopJkt: null,
  uiLocales: ['de', 'en'],
}

describeOnEveryDatabase('auth requests', (open) => {
  const begun = async (change: Partial<NewAuthRequest> = {}) => {
    const db = await open()
    const requests = authRequestRepository(db)
    const deviceId = await addDevice(db, { tokenHash: 'cookie' })
    await addDevice(db, { tokenHash: 'another cookie' })
    const applicationId = await addApplication(db)
    const id = nextId<AuthRequestId>('req')
    const row = {
      id,
      deviceId,
      applicationId,
      parameters: PARAMETERS,
      organizationId: null,
      atPicker: false,
      now: NOW,
      expiresAt: LATER,
    }
    await db.transaction((tx) => requests.create(tx, { ...row, ...change }))
    const find = (cookie = 'cookie') => requests.find(id, cookie)
    return { db, requests, id, applicationId, find }
  }

  test('it comes back as it was sent, to the browser that sent it only', async () => {
    const { find, id, applicationId } = await begun({ organizationId: 'org_wanted' as OrganizationId })
    expect(await find()).toMatchObject({
      id,
      applicationId,
      parameters: PARAMETERS,
      organizationId: 'org_wanted',
      loginName: null,
      userId: null,
      sessionId: null,
      freshAccount: false,
      atPicker: false,
      consentedAt: null,
      createdAt: NOW,
      expiresAt: LATER,
      finishedAt: null,
    })
    expect(await find('another cookie')).toBeNull()
    expect(await find('')).toBeNull()
  })

  test('it is found with its browser, whose accounts say what they consented to for its application', async () => {
    const { db, id, applicationId, find } = await begun()
    const request = (await find())!
    const { deviceId } = request
    const userId = await addUser(db)
    await addSession(db, { deviceId, userId })
    const give = (applicationId: ApplicationId, scopes: string[]) =>
      db.transaction((tx) => consentRepository(db).give(tx, { userId, applicationId, scopes, grantedAt: NOW }))
    await give(applicationId, ['openid'])
    await give(await addApplication(db), ['email'])
    const devices = deviceRepository(db)
    expect(await devices.findWithRequest('cookie', id)).toMatchObject({
      request,
      device: { id: deviceId },
      accounts: [{ user: { id: userId }, consentedScopes: ['openid'] }],
    })
    const others = [
      ['another cookie', id],
      ['', id],
      ['cookie', 'req_unknown' as AuthRequestId],
      ['cookie', ''],
    ] as const
    for (const [cookie, one] of others) expect(await devices.findWithRequest(cookie, one as AuthRequestId)).toBeNull()
  })

  test('exactly one of those who race finishes it', async () => {
    const { db, requests, id, find } = await begun()
    const all = await race(db, 20, (tx, nth) => requests.finish(tx, id, NOW + nth))
    expect(all.filter(Boolean)).toHaveLength(1)
    expect((await find())?.finishedAt).toBe(NOW + all.indexOf(true))
  })

  test('nobody finishes it at its end', async () => {
    const { db, requests, id, find } = await begun()
    expect(await db.transaction((tx) => requests.finish(tx, id, LATER))).toBe(false)
    expect((await find())?.finishedAt).toBeNull()
  })

  test('how far the person has come is kept, and taken back', async () => {
    const { db, requests, find } = await begun()
    const request = (await find())!
    const further = {
      loginName: 'ann',
      userId: 'usr_ann' as UserId,
      sessionId: 'ses_ann' as SessionId,
      consentedAt: NOW + 1,
      passkeyOfferTo: 'usr_ann' as UserId,
    }
    for (const state of [{ ...request, ...further, freshAccount: true, atPicker: true }, request]) {
      await db.transaction((tx) => requests.save(tx, state))
      expect(await find()).toEqual(state)
    }
  })

  test('it goes with its browser', async () => {
    const { db, find } = await begun()
    const { devices, authRequests } = db.tables
    await db.query.delete(devices).where(eq(devices.tokenHash, 'cookie'))
    expect(await find()).toBeNull()
    expect(await db.query.select().from(authRequests)).toEqual([])
  })

  test('what is under way is read and changed without the browser', async () => {
    const { db, requests, id, find } = await begun()
    const read = () => db.transaction((tx) => requests.findCeremony(id, tx))
    expect(await read()).toBeNull()
    const ceremony = { kind: 'reset', userId: null, isDone: true } as const
    await db.transaction((tx) => requests.setCeremony(tx, id, ceremony))
    expect(await read()).toEqual(ceremony)
    expect((await find())?.ceremony).toEqual(ceremony)
    expect(await db.transaction((tx) => requests.findCeremony('req_unknown' as AuthRequestId, tx))).toBeNull()
  })
})

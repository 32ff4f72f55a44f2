import { DEFAULT_LOOK } from '@vestibule/shared/branding.ts'
import { DEFAULT_LOGIN_POLICY } from '@vestibule/shared/policy.ts'
import { expect, test } from 'vitest'
import type { OrganizationId } from '../../domain/ids.ts'
import { describeOnEveryDatabase } from '../testing/databases.ts'
import { addGrant, addOrganization, addSession, addUser, NOW, nextId, race } from '../testing/rows.ts'
import { organizationRepository } from './organizations.ts'
import { policyRepository } from './policies.ts'

const NOBODY = 'org_of_nobody' as OrganizationId

describeOnEveryDatabase('organizations', (open) => {
  const opened = async () => {
    const db = await open()
    const organizations = organizationRepository(db)
    const id = nextId<OrganizationId>('org')
    const row = { id, name: 'Acme', primaryDomain: 'acme.test', isDefault: true, createdAt: NOW }
    await db.transaction((tx) => organizations.create(tx, row))
    const setPolicy = (owner: string, kind: 'login' | 'branding' | 'links', value: object) =>
      db.transaction((tx) => policyRepository(db).set(tx, { owner, kind, value, updatedAt: NOW }))
    return { db, organizations, id, row, setPolicy }
  }

  test('it is found by id, by its primary domain and as the default', async () => {
    const { organizations, id, row } = await opened()
    const stored = { ...row, state: 'active', loginDomain: null }
    expect(await organizations.find(id)).toEqual(stored)
    expect(await organizations.findActiveByPrimaryDomain('acme.test')).toEqual(stored)
    expect(await organizations.findDefault()).toEqual(stored)
    expect(await organizations.find(NOBODY)).toBeNull()
    expect(await organizations.findActiveByPrimaryDomain('acme')).toBeNull()
  })

  test('the default is one, whoever makes another one that', async () => {
    const { db, organizations } = await opened()
    const others = await Promise.all(Array.from({ length: 5 }, () => addOrganization(db)))
    for (const other of others) await db.transaction((tx) => organizations.makeDefault(tx, other))
    expect((await organizations.findDefault())?.id).toBe(others.at(-1))
    const rows = await db.query.select().from(db.tables.organizations)
    expect(rows.filter(({ isDefault }) => isDefault)).toHaveLength(1)
  })

  test('a domain has one owner, and counts while that one is active', async () => {
    const { db, organizations, id } = await opened()
    const others = await Promise.all(Array.from({ length: 10 }, () => addOrganization(db)))
    const all = await race(db, 10, (tx, nth) => organizations.addDomain(tx, others[nth]!, 'shared.test', NOW))
    expect(all.filter(Boolean)).toHaveLength(1)
    expect(await organizations.findIdByDomain('shared.test')).toBe(others[all.indexOf(true)])
    expect(await organizations.findIdByDomain('acme.test')).toBe(id)
    await db.transaction((tx) => organizations.change(tx, id, { state: 'deactivated' }))
    expect(await organizations.findIdByDomain('acme.test')).toBeNull()
    expect(await organizations.findActiveByPrimaryDomain('acme.test')).toBeNull()
  })

  test('a login domain leads to the one active organization that has it', async () => {
    const { db, organizations, id } = await opened()
    const domain = 'login.acme.test'
    const change = (of: OrganizationId, values: Parameters<typeof organizations.change>[2]) =>
      db.transaction((tx) => organizations.change(tx, of, values))
    const listed = async () =>
      (await db.transaction((tx) => organizations.listByLoginDomain(tx, [domain, 'no.test']))).map((row) => row.id)
    const other = await addOrganization(db)
    expect(await organizations.findIdByLoginDomain(domain)).toBeNull()
    await change(id, { loginDomain: domain })
    await change(other, { loginDomain: 'a.test' })
    expect(await organizations.findIdByLoginDomain(domain)).toBe(id)
    expect(await organizations.findIdByLoginDomain('LOGIN.acme.test')).toBeNull()
    expect(await organizations.listLoginDomains(10)).toEqual(['a.test', domain])
    expect(await organizations.listLoginDomains(1)).toEqual(['a.test'])
    expect(await listed()).toEqual([id])
    await expect(change(other, { loginDomain: domain })).rejects.toThrow()

    await change(id, { state: 'deactivated' })
    expect(await organizations.findIdByLoginDomain(domain)).toBeNull()
    expect(await organizations.listLoginDomains(10)).toEqual(['a.test'])
    expect(await listed()).toEqual([id])
    await change(id, { state: 'active', loginDomain: null })
    expect(await organizations.findIdByLoginDomain(domain)).toBeNull()
    await change(other, { loginDomain: domain })
    expect(await organizations.findIdByLoginDomain(domain)).toBe(other)
  })

  test('each policy is the own one whole, or that of the instance, or the default', async () => {
    const { organizations, id, setPolicy } = await opened()
    expect(await organizations.loginPolicy(id)).toEqual(DEFAULT_LOGIN_POLICY)
    expect(await organizations.findLook(id)).toMatchObject({ organization: { id }, look: DEFAULT_LOOK, links: {} })
    expect(await organizations.findLook(NOBODY)).toBeNull()

    await setPolicy('instance', 'login', { allowPassword: false, sessionIdleLifetime: 60 })
    await setPolicy('instance', 'links', { help: 'https://help.test', terms: 'https://terms.test' })
    expect(await organizations.loginPolicy(id)).toMatchObject({ allowPassword: false, sessionIdleLifetime: 60 })
    expect((await organizations.findLook(id))?.links).toEqual({
      help: 'https://help.test',
      terms: 'https://terms.test',
    })

    await setPolicy(id, 'login', { sessionIdleLifetime: 70 })
    await setPolicy(id, 'links', { help: 'https://old.test' })
    await setPolicy(id, 'links', { help: 'https://acme.test' })
    expect(await organizations.loginPolicy(id)).toEqual({ ...DEFAULT_LOGIN_POLICY, sessionIdleLifetime: 70 })
    expect((await organizations.findLook(id))?.links).toEqual({ help: 'https://acme.test' })
  })

  test('a name that nobody has belongs where it was asked for, to its domain, to the address or to the default one', async () => {
    const none = { asked: null, domain: null, home: null }
    expect(await organizationRepository(await open()).findOfNobody(none)).toBeNull()
    const { db, organizations, id, setPolicy } = await opened()
    const [asked, ofDomain, home] = [await addOrganization(db), await addOrganization(db), await addOrganization(db)]
    await db.transaction((tx) => organizations.addDomain(tx, ofDomain, 'domain.test', NOW))
    const all = { asked, domain: 'domain.test', home }
    const found = async (place: Parameters<typeof organizations.findOfNobody>[0]) =>
      (await organizations.findOfNobody(place))?.organizationId
    expect(await found(all)).toBe(asked)
    expect(await found({ ...all, asked: null })).toBe(ofDomain)
    expect(await found({ ...all, asked: null, domain: 'other.test' })).toBe(home)
    expect(await found(none)).toBe(id)
    await db.transaction((tx) => organizations.change(tx, ofDomain, { state: 'deactivated' }))
    expect(await found({ ...all, asked: null })).toBe(home)

    const policy = async () => (await organizations.findOfNobody(all))?.policy
    expect(await policy()).toEqual(DEFAULT_LOGIN_POLICY)
    await setPolicy('instance', 'login', { allowPassword: false })
    expect(await policy()).toEqual({ ...DEFAULT_LOGIN_POLICY, allowPassword: false })
    await setPolicy(asked, 'login', { sessionIdleLifetime: 70 })
    expect(await policy()).toEqual({ ...DEFAULT_LOGIN_POLICY, sessionIdleLifetime: 70 })
  })

  test('those who have access are its people with a session or a grant that goes on, each once', async () => {
    const { db, organizations, id } = await opened()
    const user = () => addUser(db, { organizationId: id })
    const [both, ended, revoked] = [await user(), await user(), await user()]
    await user()
    await addSession(db, { userId: both })
    await addGrant(db, { userId: both })
    await addSession(db, { userId: ended, endedAt: NOW })
    await addGrant(db, { userId: revoked, revokedAt: NOW })
    await addSession(db)
    expect(await db.transaction((tx) => organizations.listUsersWithAccess(tx, id))).toEqual([both])
  })
})

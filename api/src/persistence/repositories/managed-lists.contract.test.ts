import { expect, test } from 'vitest'
import type { EventType } from '../../domain/events.ts'
import type { EventId, OrganizationId, ProjectId, UserId } from '../../domain/ids.ts'
import { describeOnEveryDatabase } from '../testing/databases.ts'
import { addApplication, addOrganization, addUser, NOW, nextId } from '../testing/rows.ts'
import { openRepositories } from './index.ts'

describeOnEveryDatabase('what managers list', (open) => {
  const opened = async () => {
    const db = await open()
    return { db, ...openRepositories(db), home: await addOrganization(db), other: await addOrganization(db) }
  }
  const project = (id: string, organizationId: OrganizationId) =>
    ({ id: id as ProjectId, organizationId, name: id, assertsRoles: false, roles: ['r'], grantedTo: [] }) as const

  test('applications: by their ids, of one organization, and no client of a service user', async () => {
    const { db, managedApplications, home, other } = await opened()
    const [first, second] = [
      await addApplication(db, { organizationId: home }),
      await addApplication(db, { organizationId: home, state: 'deactivated', clientId: 'two' }),
    ]
    await addApplication(db, { organizationId: other })
    const robot = await addUser(db, { organizationId: home, kind: 'service' })
    const client = await addApplication(db, { organizationId: home, type: 'service', serviceUserId: robot })
    const all = { organizationId: home, state: null, clientId: null, after: null, most: 10 }
    const list = async (wanted: Partial<Parameters<typeof managedApplications.list>[1]> = {}) =>
      (await db.transaction((tx) => managedApplications.list(tx, { ...all, ...wanted }))).map(({ id }) => id)
    expect(await list()).toEqual([first, second])
    expect(await list({ after: first })).toEqual([second])
    expect(await list({ most: 1 })).toEqual([first])
    expect(await list({ state: 'active' })).toEqual([first])
    expect(await list({ clientId: 'two' })).toEqual([second])
    const find = (id: typeof first) => db.transaction((tx) => managedApplications.find(id, tx))
    expect(await find(second)).toMatchObject({ clientId: 'two', state: 'deactivated', createdAt: NOW })
    expect(await find(client)).toBeNull()
    await db.transaction((tx) => managedApplications.remove(tx, second))
    expect(await find(second)).toBeNull()
  })

  test('service users: with their clients, by their ids and by state', async () => {
    const { db, managedServiceUsers, home, other } = await opened()
    const add = async (organizationId: OrganizationId, state: 'active' | 'deactivated' = 'active') => {
      const id = await addUser(db, { organizationId, kind: 'service', state })
      await addApplication(db, { organizationId, type: 'service', serviceUserId: id, clientId: `client of ${id}` })
      return id
    }
    const [first, second] = [await add(home), await add(home, 'deactivated')]
    await add(other)
    const person = await addUser(db, { organizationId: home })
    const all = { organizationId: home, state: null, after: null, most: 10 }
    const list = async (wanted: Partial<Parameters<typeof managedServiceUsers.list>[1]> = {}) =>
      (await db.transaction((tx) => managedServiceUsers.list(tx, { ...all, ...wanted }))).map(({ id }) => id)
    expect(await list()).toEqual([first, second])
    expect(await list({ after: first })).toEqual([second])
    expect(await list({ state: 'active' })).toEqual([first])
    expect(await list({ state: 'deactivated' })).toEqual([second])
    const find = (id: UserId) => db.transaction((tx) => managedServiceUsers.find(id, tx))
    expect(await find(second)).toMatchObject({ state: 'deactivated', application: { clientId: `client of ${second}` } })
    expect(await find(person)).toBeNull()
  })

  test('projects, and who of an organization is something there; with a project all of it goes', async () => {
    const { db, projects, home, other } = await opened()
    const [ann, ben, far] = [
      await addUser(db, { organizationId: home }),
      await addUser(db, { organizationId: home }),
      await addUser(db, { organizationId: other }),
    ]
    await db.transaction(async (tx) => {
      for (const one of [project('b', home), project('a', home), project('c', other)])
        await projects.set(tx, { ...one, roles: [...one.roles], grantedTo: [] })
      for (const userId of [ann, ben, far])
        await projects.grant(tx, { userId, projectId: 'a' as ProjectId, roles: ['r'] })
    })
    await addApplication(db, { organizationId: home, projectId: 'a' as ProjectId })
    const list = async (after: string | null, most = 10) =>
      (
        await db.transaction((tx) => projects.listOfOrganization(tx, { owner: home, after: after as ProjectId, most }))
      ).map(({ id }) => id)
    expect([await list(null), await list('a'), await list(null, 1)]).toEqual([['a', 'b'], ['b'], ['a']])
    const of = { projectId: 'a' as ProjectId, organizationId: home, most: 10 }
    const grants = (after: UserId | null) => db.transaction((tx) => projects.listGrantsOf(tx, { ...of, after }))
    expect(await grants(null)).toEqual([ann, ben].map((userId) => ({ userId, projectId: 'a', roles: ['r'] })))
    expect((await grants(ann)).map(({ userId }) => userId)).toEqual([ben])
    await db.transaction((tx) => projects.remove(tx, 'a' as ProjectId))
    expect([await list(null), await grants(null), await projects.listGrants([far])]).toEqual([['b'], [], []])
    const [application] = await db.query.select().from(db.tables.applications)
    expect(application?.projectId).toBeNull()
  })

  test('organizations: by their ids, by state and by domain', async () => {
    const { db, organizations, home, other } = await opened()
    await db.transaction((tx) => organizations.change(tx, other, { state: 'deactivated' }))
    const all = { state: null, primaryDomain: null, after: null, most: 10 }
    const list = async (wanted: Partial<Parameters<typeof organizations.list>[1]> = {}) =>
      (await db.transaction((tx) => organizations.list(tx, { ...all, ...wanted }))).map(({ id }) => id)
    expect(await list()).toEqual([home, other])
    expect(await list({ after: home })).toEqual([other])
    expect(await list({ state: 'deactivated' })).toEqual([other])
    expect(await list({ primaryDomain: `${home}.test` })).toEqual([home])
    const byId = await db.transaction((tx) => organizations.listById(tx, [other, 'org_none' as OrganizationId]))
    expect(byId.map(({ id }) => id)).toEqual([other])
  })

  test('events: newest first along the chain, in any span of time, and of one person', async () => {
    const { db, events, home } = await opened()
    const ann = nextId<UserId>('usr')
    const MINUTE = 60_000
    const ids: string[] = []
    await db.transaction(async (tx) => {
      for (let nth = 1; nth <= 50; nth++) {
        const id = nextId<EventId>('evt')
        ids.push(id)
        const person = nth % 10 === 0 ? ann : null
        const happened = { type: 'user.locked' as EventType, actor: null, target: null, data: {} }
        // two in a row are sealed in the wrong order, as concurrent transactions may be
        const at = NOW + (nth === 20 ? 18.5 : nth) * MINUTE
        await events.append(tx, { id, at, organizationId: home, person, ...happened })
        if (nth < 50) await events.seal(tx, id, nth, 'hash')
      }
    })
    const all = { owner: home, person: null, since: null, until: null, before: null, most: 100 }
    const list = async (wanted: Partial<Parameters<typeof events.listPage>[1]> = {}) =>
      (await db.transaction((tx) => events.listPage(tx, { ...all, ...wanted }))).map(({ sequence }) => sequence)
    const down = (from: number, to: number) => Array.from({ length: from - to + 1 }, (_, nth) => from - nth)
    expect(await list()).toEqual(down(49, 1))
    expect(await list({ most: 3, before: '10' })).toEqual([9, 8, 7])
    expect(await list({ since: NOW + 47 * MINUTE })).toEqual([49, 48, 47])
    expect(await list({ until: NOW + 3 * MINUTE })).toEqual([2, 1])
    expect(await list({ since: NOW + 19 * MINUTE, until: NOW + 22 * MINUTE })).toEqual([21, 19])
    expect(await list({ since: NOW + 18 * MINUTE, until: NOW + 19 * MINUTE })).toEqual([20, 18])
    expect(await list({ since: NOW + 99 * MINUTE })).toEqual([])
    expect(await list({ person: ann })).toEqual([40, 30, 20, 10])
    expect(await list({ person: ann, before: ids[29]!, since: NOW + 15 * MINUTE })).toEqual([20])
  })
})

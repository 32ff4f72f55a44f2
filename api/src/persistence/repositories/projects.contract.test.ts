import { expect, test } from 'vitest'
import type { ProjectId } from '../../domain/ids.ts'
import { describeOnEveryDatabase } from '../testing/databases.ts'
import { addOrganization, addUser } from '../testing/rows.ts'
import { projectRepository } from './projects.ts'

const SHOP = 'shop' as ProjectId

describeOnEveryDatabase('projects', (open) => {
  const opened = async () => {
    const db = await open()
    const projects = projectRepository(db)
    const [own, guest, other] = [
      await addOrganization(db, { primaryDomain: 'own.test' }),
      await addOrganization(db, { primaryDomain: 'guest.test' }),
      await addOrganization(db),
    ]
    const row = { id: SHOP, organizationId: own, name: 'Shop', assertsRoles: false, roles: ['buyer', 'seller'] }
    const set = (more: object = {}) => db.transaction((tx) => projects.set(tx, { ...row, grantedTo: [guest], ...more }))
    await set()
    const member = async (organizationId: typeof own, roles: string[]) => {
      const userId = await addUser(db, { organizationId })
      await db.transaction((tx) => projects.grant(tx, { userId, projectId: SHOP, roles }))
      return userId
    }
    return { db, projects, own, guest, other, set, member }
  }

  test('people of its organization and of those it is granted to have its roles, others have none', async () => {
    const { projects, own, guest, other, set, member } = await opened()
    const [ann, gus, olga] = [
      await member(own, ['buyer', 'emperor']),
      await member(guest, ['seller']),
      await member(other, ['buyer']),
    ]
    const of = async (id: typeof ann) => projects.listRoles(id, [SHOP])
    expect(await of(ann)).toEqual([
      { projectId: SHOP, roles: ['buyer'], organizationId: own, primaryDomain: 'own.test' },
    ])
    expect(await of(gus)).toMatchObject([{ roles: ['seller'], organizationId: guest, primaryDomain: 'guest.test' }])
    expect(await of(olga)).toEqual([])
    await set({ grantedTo: [], roles: ['buyer'] })
    expect(await of(gus)).toEqual([])
  })

  test('a grant is replaced, and goes with its last role', async () => {
    const { db, projects, own, member } = await opened()
    const ann = await member(own, ['buyer'])
    const grant = (roles: string[]) =>
      db.transaction((tx) => projects.grant(tx, { userId: ann, projectId: SHOP, roles }))
    await grant(['seller'])
    expect(await projects.listGrants([ann])).toEqual([{ userId: ann, projectId: SHOP, roles: ['seller'] }])
    await grant([])
    expect(await projects.listGrants([ann])).toEqual([])
  })

  test('Z4 it is permitted to its own organization and to those it is granted to', async () => {
    const { projects, own, guest, other } = await opened()
    const permitted = (id: typeof own) => projects.listPermitted([SHOP, 'nothing' as ProjectId], id)
    expect([await permitted(own), await permitted(guest), await permitted(other)]).toEqual([[SHOP], [SHOP], []])
  })
})

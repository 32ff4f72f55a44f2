import { expect, test } from 'vitest'
import { describeOnEveryDatabase } from '../testing/databases.ts'
import { addUser, race } from '../testing/rows.ts'
import { managerRoleRepository } from './manager-roles.ts'

describeOnEveryDatabase('manager roles', (open) => {
  test('a role is had once, and the one who has had it longest is first', async () => {
    const db = await open()
    const roles = managerRoleRepository(db)
    const first = () => db.transaction((tx) => roles.findFirst(tx, 'instance', 'instance_owner'))
    const [older, newer] = [await addUser(db), await addUser(db)]
    expect(await first()).toBeNull()
    for (const userId of [newer, older]) {
      await race(db, 10, (tx) => roles.grant(tx, { userId, scope: 'instance', role: 'instance_owner' }))
    }
    expect(await first()).toBe(older)
    expect(await db.query.select().from(db.tables.managerRoles)).toHaveLength(2)
  })

  test('a role counts where it was granted', async () => {
    const db = await open()
    const roles = managerRoleRepository(db)
    const userId = await addUser(db)
    await db.transaction((tx) => roles.grant(tx, { userId, scope: 'org_a', role: 'instance_owner' }))
    expect(await db.transaction((tx) => roles.findFirst(tx, 'instance', 'instance_owner'))).toBeNull()
    expect(await db.transaction((tx) => roles.findFirst(tx, 'org_a', 'instance_owner'))).toBe(userId)
  })

  test('are listed of one place, by users, and taken away one by one', async () => {
    const db = await open()
    const roles = managerRoleRepository(db)
    const [ann, ben] = [await addUser(db), await addUser(db)]
    const rows = [
      { userId: ann, role: 'organization_owner' },
      { userId: ann, role: 'organization_viewer' },
      { userId: ben, role: 'organization_owner' },
    ] as const
    await db.transaction(async (tx) => {
      for (const row of rows) await roles.grant(tx, { ...row, scope: 'org_1' })
      await roles.grant(tx, { userId: ben, scope: 'org_2', role: 'organization_owner' })
    })
    const list = (after: (typeof rows)[number] | null, most = 10) =>
      db.transaction((tx) => roles.listOfScope(tx, { scope: 'org_1', after, most }))
    expect(await list(null)).toEqual(rows)
    expect(await list(rows[0], 1)).toEqual([rows[1]])
    expect(await list(rows[1])).toEqual([rows[2]])
    await db.transaction((tx) => roles.revoke(tx, { ...rows[1], scope: 'org_1' }))
    expect(await list(null)).toEqual([rows[0], rows[2]])
  })
})

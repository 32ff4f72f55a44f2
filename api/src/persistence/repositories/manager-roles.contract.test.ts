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
})

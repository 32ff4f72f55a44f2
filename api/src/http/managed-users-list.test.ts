import { describe, expect, test } from 'vitest'
import { expectProblem } from '../testing/answers.ts'
import { managed } from '../testing/managed-users.ts'
import { addManager } from '../testing/managers.ts'

describe('the list of users', () => {
  test('is read page by page, and who comes in between shifts nobody', async () => {
    const { world, list, userId, clock } = await managed()
    const ids: string[] = [userId]
    for (let nth = 0; nth < 24; nth++) ids.push(await world.addUser(`u${nth}`, { password: null }))
    const seen: string[] = []
    let next: string | null = ''
    for (let page = 0; next !== null; page++) {
      const answer = await list(`limit=7${next ? `&after=${next}` : ''}`)
      expect(answer.users.length).toBeLessThanOrEqual(7)
      seen.push(...answer.users.map(({ id }) => id))
      next = answer.next
      // a moment later, and so after everybody who is there
      clock.advance(1)
      if (page === 0) ids.push(await world.addUser('late', { password: null }))
    }
    expect(new Set(seen)).toEqual(new Set(ids))
    expect(seen).toHaveLength(ids.length)
  })

  test('finds people by state, by a name in any spelling and by address, and no service users', async () => {
    const { world, robot, list, users, userId } = await managed()
    const ann = await world.addUser('ann', { phone: '+4930901820' })
    await robot.post(`${users}/${ann}/lock`)
    const idsOf = async (query: string) => (await list(query)).users.map(({ id }) => id)
    expect(await idsOf('state=locked')).toEqual([ann])
    expect(await idsOf('state=active')).toEqual([userId])
    expect(await idsOf('state=deactivated')).toEqual([])
    expect(await idsOf(`loginName=${encodeURIComponent(' BOB ')}`)).toEqual([userId])
    expect(await idsOf(`loginName=${encodeURIComponent('+49 (30) 901820')}`)).toEqual([ann])
    expect(await idsOf('email=Ann@ACME.test')).toEqual([ann])
    expect(await idsOf('email=ann')).toEqual([])
    expect(await idsOf('email=ann@acme.test&state=active')).toEqual([])
    expect(await idsOf(`loginName=${robot.clientId}`)).toEqual([])
  })

  test.each(['limit=0', 'limit=101', 'limit=x', 'limit=1.5', 'state=gone', 'page=2', 'email='])(
    '%s is refused',
    async (query) => {
      const { robot, users } = await managed()
      await expectProblem(await robot.get(`${users}?${query}`), 400, 'invalid_input')
    },
  )

  test('a cursor that was changed, or made for another list, is refused', async () => {
    const { world, robot, users, list } = await managed()
    await world.addUser('ann')
    const { next } = await list('limit=1')
    const changed = `${next?.slice(0, -2)}${next?.endsWith('AA') ? 'BB' : 'AA'}`
    const other = await world.addOrganization('other.test')
    const owner = await addManager(world, ['instance_owner'])
    expect((await owner.get(`${users}?limit=1&after=${next}`)).status).toBe(200)
    for (const path of [
      `${users}?after=${changed}`,
      `${users}?after=usr_0`,
      `${users}?state=active&after=${next}`,
      `/api/v1/organizations/${other}/users?after=${next}`,
    ])
      await expectProblem(await owner.get(path), 400, 'cursor_invalid')
    expect((await robot.get(`${users}?limit=9&after=${next}`)).status).toBe(200)
    expect(Buffer.from(next ?? '', 'base64').toString('latin1')).not.toContain('usr_')
  })
})

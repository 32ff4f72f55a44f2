import { describe, expect, test } from 'vitest'
import { expectProblem, jsonOf } from '../testing/answers.ts'
import { addTotp } from '../testing/factors.ts'
import { managed } from '../testing/managed-users.ts'
import { addManager } from '../testing/managers.ts'
import { BOB } from '../testing/scene.ts'
import { PASSWORD } from '../testing/world.ts'

describe('whoever is shut out', () => {
  test.each(['deactivate', 'lock'])('%s ends sessions and tokens at once, and tells applications', async (action) => {
    const scene = await managed()
    const { robot, bob, tokens, userinfo, refresh, browser, deps, eventsOf, userId } = scene
    const held = await tokens({ scope: 'openid offline_access' })
    await browser.get('/account')
    expect([(await userinfo(held)).status, (await browser.get('/api/me')).status]).toEqual([200, 200])
    expect(await jsonOf(await robot.post(`${bob}/${action}`))).toMatchObject({
      state: action === 'lock' ? 'locked' : 'deactivated',
    })
    expect((await userinfo(held)).status).toBe(401)
    expect((await refresh(held)).status).toBe(400)
    expect((await browser.get('/api/me')).status).toBe(401)
    expect(await deps.db.query.select().from(deps.db.tables.logoutNotices)).toHaveLength(1)
    expect((await eventsOf('session.ended')).map(({ actor, person }) => [actor, person])).toEqual([[robot.id, userId]])
    expect(await eventsOf(action === 'lock' ? 'user.locked' : 'user.deactivated')).toMatchObject([{ actor: robot.id }])
  })

  test('comes in again when reactivated or unlocked, and not by the other', async () => {
    const { robot, bob, signIn } = await managed()
    const isIn = async () => (await signIn(BOB, PASSWORD))?.kind === 'redirect'
    await robot.post(`${bob}/deactivate`)
    expect(await isIn()).toBe(false)
    await robot.post(`${bob}/unlock`)
    expect(await isIn()).toBe(false)
    await robot.post(`${bob}/reactivate`)
    expect(await isIn()).toBe(true)
    await robot.post(`${bob}/lock`)
    await robot.post(`${bob}/reactivate`)
    expect(await isIn()).toBe(false)
    await robot.post(`${bob}/unlock`)
    expect(await isIn()).toBe(true)
  })

  test('is gone with everything when deleted', async () => {
    const { robot, bob, tokens, userinfo, userId, deps } = await managed()
    const held = await tokens()
    expect(await jsonOf(await robot.send('DELETE', bob))).toEqual({ done: true })
    expect((await userinfo(held)).status).toBe(401)
    await expectProblem(await robot.get(bob), 404, 'not_found')
    expect(await deps.repositories.users.findPerson(userId)).toBeNull()
  })

  test.each(['deactivate', 'lock', ''])('N234 is never the last owner: %s', async (action) => {
    const { world, users, userId, robot: _robot } = await managed()
    await world.grant(userId, 'organization_owner')
    const boss = await addManager(world, ['instance_owner'])
    const path = `${users}/${userId}`
    const shut = () => (action ? boss.post(`${path}/${action}`) : boss.send('DELETE', path))
    await expectProblem(await shut(), 409, 'last_owner')
    await world.grant(await world.addUser('ann'), 'organization_owner')
    expect((await shut()).status).toBe(200)
  })

  test.each([
    ['POST', '/deactivate'],
    ['POST', '/lock'],
    ['POST', '/password'],
    ['POST', '/setup-link'],
    ['PATCH', ''],
    ['DELETE', ''],
    ['DELETE', '/sessions'],
  ])('N228 is nobody who may do more: %s %s', async (method, action) => {
    const { world, robot, users } = await managed()
    const ann = await world.addUser('ann')
    await world.grant(ann, 'organization_settings_manager')
    const body = method === 'DELETE' ? undefined : action === '/password' ? { newPassword: 'seven quiet lanterns' } : {}
    await expectProblem(await robot.send(method, `${users}/${ann}${action}`, body), 403, 'forbidden')
  })
})

describe('a password', () => {
  test('N232 that a manager set is replaced at the next sign-in, its owner is told, and sessions end', async () => {
    const { world, robot, bob, browser, signIn } = await managed()
    await browser.signIn(await browser.open('/account'), BOB, PASSWORD)
    const answer = await robot.post(`${bob}/password`, { newPassword: 'seven quiet lanterns' })
    expect([answer.status, JSON.stringify(await answer.json())]).toEqual([200, expect.not.stringContaining('lanterns')])
    expect((await browser.get('/api/me')).status).toBe(401)
    expect(await signIn(BOB, 'seven quiet lanterns')).toMatchObject({ kind: 'change_password' })
    await world.deliver()
    expect(world.messages().map(({ kind }) => kind)).toContain('password_changed')
  })

  test('keeps the rules', async () => {
    const { robot, bob } = await managed()
    const refused = await robot.post(`${bob}/password`, { newPassword: PASSWORD })
    expect(await jsonOf(refused)).toMatchObject({ code: 'invalid_input', fields: { newPassword: ['context'] } })
  })

  test('N228 of whoever may do more is not compared with what a manager guesses', async () => {
    const { world, robot, users, acme } = await managed()
    const boss = await world.addUser('boss', { organization: acme, password: 'purple harbour at dawn', email: null })
    await world.grant(boss, 'organization_owner')
    for (const newPassword of ['purple harbour at dawn', 'seven quiet lanterns', 'short'])
      await expectProblem(await robot.post(`${users}/${boss}/password`, { newPassword }), 403, 'forbidden')
  })

  test('N232 no link is made for somebody who has a way in', async () => {
    const { robot, bob } = await managed()
    await expectProblem(await robot.post(`${bob}/setup-link`), 403, 'forbidden')
  })
})

describe('sessions and factors', () => {
  test('are listed, and end', async () => {
    const { world, robot, bob, browser, eventsOf } = await managed()
    await browser.signIn(await browser.open('/account'), BOB, PASSWORD)
    const elsewhere = world.browser()
    await elsewhere.signIn(await elsewhere.open('/account'), BOB, PASSWORD)
    const listed = async () =>
      (await jsonOf<{ sessions: { id: string; checks: object[] }[] }>(await robot.get(`${bob}/sessions`))).sessions
    const [newest, oldest] = await listed()
    expect(newest).toMatchObject({ checks: [{ factor: 'password' }] })
    expect(await jsonOf(await robot.send('DELETE', `${bob}/sessions/${oldest!.id}`))).toEqual({ done: true })
    expect(await jsonOf(await robot.send('DELETE', `${bob}/sessions/${oldest!.id}`))).toEqual({ done: false })
    expect((await listed()).map(({ id }) => id)).toEqual([newest!.id])
    expect(await jsonOf(await robot.send('DELETE', `${bob}/sessions`))).toEqual({ done: true })
    expect(await listed()).toEqual([])
    expect((await eventsOf('session.ended')).map(({ actor }) => actor)).toEqual([robot.id, robot.id])
  })

  test('a factor that was lost is taken away, and its owner is told', async () => {
    const scene = await managed()
    const { world, robot, bob, eventsOf, userId } = scene
    await addTotp(scene, userId)
    const { factors } = await jsonOf<{ factors: { id: string; type: string }[] }>(await robot.get(`${bob}/factors`))
    expect(factors).toMatchObject([{ type: 'totp', label: null }])
    expect(JSON.stringify(factors)).not.toContain('secret')
    expect(await jsonOf(await robot.send('DELETE', `${bob}/factors/${factors[0]!.id}`))).toEqual({ done: true })
    expect(await jsonOf(await robot.get(`${bob}/factors`))).toEqual({ factors: [] })
    expect(await eventsOf('user.factor_removed')).toMatchObject([{ actor: robot.id, target: userId }])
    await world.deliver()
    expect(world.messages().map(({ kind }) => kind)).toContain('factor_removed')
  })
})

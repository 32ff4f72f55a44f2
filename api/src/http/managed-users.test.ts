import type { ManagedUser } from '@vestibule/shared/contract/managed-users.ts'
import { describe, expect, test } from 'vitest'
import { expectProblem, jsonOf } from '../testing/answers.ts'
import { addTotp } from '../testing/factors.ts'
import { addManager } from '../testing/managers.ts'
import { authorizePath } from '../testing/relying-party.ts'
import { BOB, createScene } from '../testing/scene.ts'
import { ISSUER, PASSWORD } from '../testing/world.ts'

type Users = { users: ManagedUser[]; next: string | null }

async function managed(env = {}) {
  const scene = await createScene({
    env,
    application: { settings: { consent: 'never', backchannelLogoutUri: 'https://rp.test/out' } },
  })
  const robot = await addManager(scene.world, ['organization_user_manager'])
  const users = `/api/v1/organizations/${scene.acme}/users`
  const bob = `${users}/${scene.userId}`
  const list = async (query = '') => jsonOf<Users>(await robot.get(`${users}?${query}`))
  const eventsOf = async (type: string) => (await scene.events()).filter((event) => event.type === type)
  const signIn = async (name: string, password: string) => {
    const browser = scene.world.browser('198.51.100.9')
    return (await browser.signIn(await browser.open(authorizePath('ledger')), name, password)).step
  }
  return { ...scene, robot, users, bob, list, eventsOf, signIn }
}

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

describe('a user', () => {
  test('is created with names, profile and a password, signs in, and leaves an event with who did it', async () => {
    const { robot, users, signIn, eventsOf, acme } = await managed()
    const wanted = {
      username: 'Ada',
      email: 'Ada@Acme.test',
      emailVerified: true,
      givenName: 'Ada',
      familyName: 'Lovelace',
      password: 'analytical engines run on steam',
    }
    const created = await jsonOf<ManagedUser>(await robot.post(users, wanted))
    expect(created).toMatchObject({
      organization: acme,
      state: 'active',
      username: 'ada',
      email: { value: 'ada@acme.test', isVerified: true },
      phone: null,
      displayName: 'Ada Lovelace',
      subject: created.id,
      setupLink: null,
    })
    expect(await jsonOf(await robot.get(`${users}/${created.id}`))).toEqual({ ...created, setupLink: undefined })
    expect(JSON.stringify(created)).not.toMatch(/password|argon/)
    expect(await signIn('ada', wanted.password)).toMatchObject({ kind: 'redirect' })
    expect(await eventsOf('user.created')).toMatchObject([
      { actor: robot.id, target: created.id, organizationId: acme },
    ])
  })

  test('comes with the hash of another system, or with a link to set a password', async () => {
    const { robot, users, signIn, browser } = await managed()
    const passwordHash = '$2b$04$abcdefghijklmnopqrstuuu1Ya7mJnJPW1qNPvpHZgEP4LdnxYUJG'
    expect((await robot.post(users, { username: 'old', passwordHash })).status).toBe(200)
    const { setupLink } = await jsonOf<{ setupLink: string }>(
      await robot.post(users, { username: 'neo', setupLink: true }),
    )
    expect(setupLink).toMatch(new RegExp(`^${ISSUER}/setup#`))
    const body = { token: setupLink.split('#')[1], newPassword: 'seven quiet lanterns' }
    expect((await browser.post('/api/password-setup', body)).status).toBe(200)
    expect(await signIn('neo', body.newPassword)).toMatchObject({ kind: 'redirect' })
  })

  test.each<[object, object]>([
    [{}, { username: ['required'] }],
    [{ username: 'bob' }, { username: ['taken'] }],
    [{ email: 'BOB@acme.test' }, { email: ['taken'] }],
    [{ username: 'ada', password: 'short' }, { password: ['too_short'] }],
    [{ username: 'ada', password: 'ada of acme.test' }, { password: ['context'] }],
    [{ username: 'ada', passwordMustChange: true }, { passwordMustChange: ['not_allowed'] }],
    [{ username: 'ada', emailVerified: true }, { emailVerified: ['not_allowed'] }],
    [{ username: 'ada', passwordHash: 'plain' }, { passwordHash: ['invalid'] }],
  ])('%j is refused with what is wrong, and nobody is there', async (wanted, fields) => {
    const { robot, users, list } = await managed()
    const refused = await robot.post(users, wanted)
    expect([refused.status, await jsonOf(refused)]).toMatchObject([400, { code: 'invalid_input', fields }])
    expect((await list()).users).toHaveLength(1)
  })

  test.each(['roles', 'projectRoles', 'organization', 'id', 'isAdmin', 'kind', 'createdAt'])(
    'N230 can not be created or changed with %s',
    async (name) => {
      const { robot, users, bob } = await managed()
      await expectProblem(
        await robot.post(users, { username: 'ada', [name]: ['instance_owner'] }),
        400,
        'invalid_input',
      )
      await expectProblem(await robot.send('PATCH', bob, { [name]: ['instance_owner'] }), 400, 'invalid_input')
    },
  )

  test('has a subject that is nobody else’s, even of somebody who is gone', async () => {
    const { robot, users } = await managed()
    const { id } = await jsonOf<ManagedUser>(await robot.post(users, { username: 'ada', subject: '4711' }))
    const taken = { fields: { subject: ['taken'] } }
    expect(await jsonOf(await robot.post(users, { username: 'eve', subject: '4711' }))).toMatchObject(taken)
    expect(await jsonOf(await robot.send('DELETE', `${users}/${id}`))).toEqual({ done: true })
    expect(await jsonOf(await robot.post(users, { username: 'eve', subject: '4711' }))).toMatchObject(taken)
  })

  test('is created once of many with one name of the request', async () => {
    const { robot, users, list } = await managed()
    const ask = () =>
      robot.post(users, { username: 'ada', password: 'seven quiet lanterns' }, { 'idempotency-key': 'x' })
    const answers = await Promise.all([ask(), ask(), ask()])
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
    expect((await list()).users).toHaveLength(2)
  })

  test('is changed in what is sent; a display name nobody chose follows', async () => {
    const { robot, bob, eventsOf } = await managed()
    const before = await jsonOf<ManagedUser>(await robot.get(bob))
    const change = { version: before.version, familyName: 'Builder', nickname: 'bobby', email: 'b@acme.test' }
    const after = await jsonOf<ManagedUser>(await robot.send('PATCH', bob, change))
    expect(after).toMatchObject({ email: { value: 'b@acme.test', isVerified: false }, username: 'bob' })
    expect(after.profile).toMatchObject({ givenName: 'bob', familyName: 'Builder', nickname: 'bobby' })
    expect((await eventsOf('user.profile_changed')).map(({ actor, data }) => [actor, data])).toEqual([
      [robot.id, { changed: ['familyName', 'nickname'] }],
    ])
    expect((await eventsOf('user.email_changed')).map(({ actor }) => actor)).toEqual([robot.id])
    await expectProblem(await robot.send('PATCH', bob, change), 409, 'changed_meanwhile')
    const verified = await jsonOf<ManagedUser>(await robot.send('PATCH', bob, { emailVerified: true, nickname: null }))
    expect([verified.email, verified.profile.nickname]).toEqual([{ value: 'b@acme.test', isVerified: true }, undefined])
  })

  test('is told at the old address when a manager sets another', async () => {
    const { world, robot, bob } = await managed()
    await robot.send('PATCH', bob, { email: 'stolen@evil.test', emailVerified: true })
    await world.deliver()
    expect(world.messages().map(({ kind, to }) => [kind, to])).toEqual([['email_changed', BOB]])
  })

  test('keeps one name at least', async () => {
    const { robot, bob } = await managed()
    const refused = await robot.send('PATCH', bob, { username: null, email: null })
    await expectProblem(refused, 400, 'invalid_input')
    expect(await jsonOf(await robot.send('PATCH', bob, { username: null }))).toMatchObject({ username: null })
  })
})

describe('whoever is shut out', () => {
  test.each(['deactivate', 'lock'])('%s ends sessions and tokens at once, and tells applications', async (action) => {
    const scene = await managed()
    const { robot, bob, tokens, userinfo, refresh, browser, deps, eventsOf, userId } = scene
    const held = await tokens({ scope: 'openid offline_access' })
    expect((await userinfo(held)).status).toBe(200)
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

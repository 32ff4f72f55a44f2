import type { ManagedUser } from '@vestibule/shared/contract/managed-users.ts'
import { describe, expect, test } from 'vitest'
import { expectProblem, jsonOf } from '../testing/answers.ts'
import { managed } from '../testing/managed-users.ts'
import { addManager } from '../testing/managers.ts'
import { BOB } from '../testing/scene.ts'
import { ISSUER } from '../testing/world.ts'

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
    [{ username: 'ada', givenName: '' }, { givenName: ['required'] }],
    [{ username: 'ada', givenName: 'a\u202etxt.exe' }, { givenName: ['invalid'] }],
    [{ username: 'ada', familyName: 'x'.repeat(201) }, { familyName: ['too_long'] }],
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

  test.each(['ledger', 'shop-roles'])(
    'has no subject that is called like a client or a project: %s',
    async (subject) => {
      const { world, robot, users, acme } = await managed()
      const owner = await addManager(world, ['organization_owner'])
      await owner.post(`/api/v1/organizations/${acme}/projects`, { id: 'shop-roles', name: 'Shop' })
      const refused = await robot.post(users, { username: 'eve', subject })
      expect(await jsonOf(refused)).toMatchObject({ code: 'invalid_input', fields: { subject: ['taken'] } })
    },
  )

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
    const more = { emailVerified: true, nickname: null, givenName: null }
    const verified = await jsonOf<ManagedUser>(await robot.send('PATCH', bob, more))
    expect(verified.profile.givenName).toBeUndefined()
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

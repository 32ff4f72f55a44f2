import { describe, expect, test } from 'vitest'
import { change } from '../../testing/change.ts'
import { guessOften } from '../../testing/guesses.ts'
import { addGame, CHALLENGE, type ChallengeBody, createGame } from '../../testing/native-client.ts'
import { authorizePath, postForm } from '../../testing/relying-party.ts'
import { BOB, createScene } from '../../testing/scene.ts'
import { PASSWORD, type WorldOptions } from '../../testing/world.ts'

async function playing(options?: WorldOptions) {
  const scene = await createScene(options)
  const application = await addGame(scene.world)
  return { ...scene, application, game: await createGame(scene.world) }
}

const INVALID = { error: 'invalid_session', error_description: expect.any(String), trace_id: expect.any(String) }

describe('FP8 only a first-party application', () => {
  test.each([
    ['an application that is none', { settings: { firstParty: false } }],
    ['a page in a browser', { type: 'spa' as const }],
    ['an API', { type: 'api' as const, settings: { authenticationMethod: 'none' as const } }],
  ])('%s', async (_what, options) => {
    const { world } = await createScene()
    await addGame(world, options)
    const { status, body } = await (await createGame(world)).begin({ identifier: BOB, password: PASSWORD })
    expect(status).toBeGreaterThanOrEqual(400)
    expect(['unauthorized_client', 'invalid_client']).toContain(body.error)
    expect(body).not.toHaveProperty('auth_session')
  })

  test('in the middle it is one no more', async () => {
    const { game, world, application } = await playing()
    await game.begin({ identifier: BOB })
    await change(world, 'applications', application.id, { settings: { ...application.settings, firstParty: false } })
    expect((await game.next({ password: PASSWORD })).body.error).toBe('unauthorized_client')
  })
})

describe('FP9 nothing without a proof, and nothing with another key', () => {
  test('no proof, half a proof, an old one', async () => {
    const { world, game } = await playing()
    const form = {
      client_id: 'game',
      response_type: 'code',
      code_challenge: 'a'.repeat(43),
      code_challenge_method: 'S256',
    }
    const proof = await game.key.prove('POST', CHALLENGE)
    const used = await postForm(world, CHALLENGE, form, { dpop: proof })
    expect(used.status).toBe(403)
    for (const headers of [
      {},
      { dpop: 'x' },
      { dpop: proof },
      { dpop: await game.key.prove('POST', '/oauth/v2/token') },
    ])
      expect(await (await postForm(world, CHALLENGE, form, headers as Record<string, string>)).json()).toMatchObject({
        error: 'invalid_dpop_proof',
      })
  })

  test('another key and another client find nothing, and spend nothing', async () => {
    const { world, game } = await playing()
    await world.addApplication('other', { type: 'native', settings: { firstParty: true } })
    await game.begin({ identifier: BOB })
    const stolen = { auth_session: game.authSession(), password: PASSWORD }
    const thief = await createGame(world)
    const colleague = await createGame(world, { clientId: 'other', prover: game.key })
    for (const one of [thief, colleague]) expect((await one.send(stolen)).body).toEqual(INVALID)
    expect((await game.next({ password: PASSWORD })).status).toBe(200)
  })
})

describe('FP10 an auth session works once', () => {
  test('an old one opens nothing, and ends nothing', async () => {
    const { game } = await playing()
    await game.begin()
    const old = game.authSession()
    await game.next({ identifier: BOB })
    const fresh = game.authSession()
    expect(fresh).not.toBe(old)
    expect((await game.send({ auth_session: old, password: PASSWORD })).body).toEqual(INVALID)
    expect((await game.send({ auth_session: fresh, password: PASSWORD })).status).toBe(200)
    expect((await game.send({ auth_session: fresh, password: PASSWORD })).body).toEqual(INVALID)
  })

  test('of twelve at once one goes on', async () => {
    const { game } = await playing()
    await game.begin({ identifier: BOB })
    const form = { auth_session: game.authSession(), password: PASSWORD }
    const all = await Promise.all(Array.from({ length: 12 }, () => game.send(form)))
    expect(all.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(all.filter(({ body }) => body.error === 'invalid_session')).toHaveLength(11)
  })

  test.each(['', 'x', 'vas_x.y', `vas_${'A'.repeat(43)}.${'0'.repeat(32)}`, '%00', '..'])(
    '%j is none',
    async (value) => {
      const { game } = await playing()
      await game.begin()
      const { body } = await game.send({ auth_session: value, identifier: BOB, response_type: 'code' })
      expect(body.error).toBe(value === '' ? 'invalid_request' : 'invalid_session')
    },
  )

  test('it ends after ten minutes', async () => {
    const { game, clock } = await playing()
    await game.begin({ identifier: BOB })
    clock.advance(599)
    await game.next({})
    clock.advance(1)
    expect((await game.next({ password: PASSWORD })).body).toEqual(INVALID)
  })

  test('it is stored as a hash, and in no log', async () => {
    const { game, deps, logLines } = await playing({ env: { LOG_LEVEL: 'trace' } })
    await game.begin({ identifier: BOB })
    const secret = game.authSession().split('.')[0]!
    const tables = Object.values(deps.db.tables) as (typeof deps.db.tables.devices)[]
    for (const table of tables)
      expect(JSON.stringify(await deps.db.query.select().from(table))).not.toContain(secret.slice(4))
    expect(logLines.join('')).not.toContain(secret.slice(4))
  })
})

describe('FP11 who changed meanwhile', () => {
  test('a deactivated person, application or organization', async () => {
    for (const table of ['users', 'applications', 'organizations'] as const) {
      const { game, world, userId, application, acme } = await playing()
      await game.begin({ identifier: BOB })
      const id = { users: userId, applications: application.id, organizations: acme }[table]
      await change(world, table, id, { state: 'deactivated' })
      const { status, body } = await game.next({ password: PASSWORD })
      expect([table, status === 200, body.authorization_code]).toEqual([table, false, undefined])
    }
  })

  test('a person of another organization than asked for', async () => {
    const { game, world } = await playing()
    const other = await world.addOrganization('other.test')
    await game.begin({ scope: `openid urn:vestibule:org:id:${other}`, identifier: BOB })
    expect((await game.next({ password: PASSWORD })).body).toMatchObject({ problem: 'invalid_credentials' })
  })
})

describe('N052 LOCK - guesses count like those in a browser', () => {
  const wrong = async (game: Awaited<ReturnType<typeof createGame>>) =>
    (await game.next({ password: 'wrong' })).body.problem

  test('wrong passwords here lock the account there', async () => {
    const { game, browser, clock } = await playing()
    await game.begin({ identifier: BOB })
    const problems = []
    for (let nth = 0; nth < 20; nth++) {
      problems.push(await wrong(game))
      clock.advance(20)
    }
    expect(problems[0]).toBe('invalid_credentials')
    expect(problems.at(-1)).toBe('too_many_attempts')
    const request = await browser.open(authorizePath('ledger'))
    const { step } = await browser.signIn(request, BOB, PASSWORD)
    expect(step).not.toMatchObject({ kind: 'redirect' })
  })

  test('and those in a browser here', async () => {
    const scene = await playing()
    const { game } = scene
    await guessOften(scene, BOB, 10)
    await game.begin({ identifier: BOB })
    const { body } = await game.next({ password: PASSWORD })
    expect(body).toMatchObject({ problem: 'too_many_attempts', retry_after: expect.any(Number) })
    expect(body).not.toHaveProperty('authorization_code')
  })

  test('a lock that leaves nothing to ask for is said, and no browser would help', async () => {
    const scene = await playing()
    const { game, clock } = scene
    await scene.setPolicy('login', { allowPasskey: false })
    await guessOften(scene, BOB, 10)
    await game.begin()
    const named = await game.next({ identifier: BOB })
    expect(named.body).toMatchObject({ next: 'first_factor', methods: [], locked_for: expect.any(Number) })
    expect((await game.next({ password: PASSWORD })).body).toMatchObject({ problem: 'too_many_attempts', methods: [] })
    const strangers = await (await createGame(scene.world)).begin({ identifier: BOB })
    clock.advance(Number(strangers.body.locked_for))
    const later = await (await createGame(scene.world)).begin({ identifier: BOB, password: PASSWORD })
    expect(later.status).toBe(200)
  })
})

test('N007 ENUM - a name nobody has is answered with the same, and leaves the same behind', async () => {
  const seen: string[] = []
  const { world } = await playing({ observe: (text) => seen.push(text) })
  const story = async (identifier: string) => {
    const game = await createGame(world)
    seen.length = 0
    const bodies: ChallengeBody[] = []
    bodies.push((await game.begin()).body, (await game.next({ identifier })).body)
    bodies.push((await game.next({ password: 'wrong' })).body)
    return {
      bodies: bodies.map(({ auth_session: _session, ...body }) => body),
      writes: seen.filter((text) => /^\s*(insert|update|delete)/i.test(text)),
    }
  }
  expect(await story('nobody@acme.test')).toEqual(await story(BOB))
})

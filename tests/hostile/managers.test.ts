import { describe, expect, test } from 'vitest'
import { fingerprint } from './harness/database.ts'
import { codeOf, json, send } from './harness/http.ts'
import { CONFIGURATION, person, withA } from './harness/people.ts'
import { openWorld } from './harness/world.ts'
import {
  ADM,
  type Call,
  everyActOnPerson,
  everyInstanceManagement,
  everyManagedThing,
  everyManagement,
  INST,
  MANAGE,
  NOT_HERE,
} from './paths.ts'

const managers = [
  person({ name: 'mgrA', roles: ['organization_owner'] }),
  person({ name: 'umA', roles: ['organization_user_manager'] }),
  person({ name: 'viewerA', roles: ['organization_viewer'] }),
  person({ name: 'settingsA', roles: ['organization_settings_manager'] }),
  person({ name: 'viewer', roles: ['instance_viewer'] }),
]
const world = await openWorld({
  configuration: withA({ users: [...CONFIGURATION.organizations[0]!.users, ...managers] }),
})
const { rp } = world

const [orgA, orgB] = [await world.organization('a.test'), await world.organization('b.test')]
const [bob, carol] = [await world.person('bob'), await world.person('carol')]

const at = world.atAccount

/** What nobody may change: the rows of policies, roles, people and organizations. */
async function rowsOfOthers() {
  const { policies, manager_roles, users, organizations } = await fingerprint(world.rows)
  return { policies, manager_roles, users, organizations }
}

async function expectNothingChanges(act: () => Promise<void>) {
  const before = await rowsOfOthers()
  await act()
  expect(await rowsOfOthers()).toEqual(before)
}

const isRead = ({ method }: Call) => method === 'GET'

describe('N216 ORG - a manager of A', () => {
  test('finds nothing of B, by whatever names it', async () => {
    const browser = await at('mgrA')
    const names = { 'x-zitadel-orgid': orgB, 'x-vestibule-organization': orgB, 'x-organization-id': orgB }
    await expectNothingChanges(async () => {
      for (const call of [...everyManagement(orgB, carol), ...everyManagedThing(orgB, carol)]) {
        const there = await browser.call(call)
        const [nowhere] = [await browser.call({ ...call, path: call.path.replace(orgB, orgB.replace(/.$/, 'x')) })]
        expect([there.status, codeOf(there)], `${call.method} ${call.path}`).toEqual([404, 'not_found'])
        expect(nowhere.body.replace(/"requestId":"[^"]+"/, '')).toBe(there.body.replace(/"requestId":"[^"]+"/, ''))
      }
      for (const query of [`?orgId=${orgB}`, `?organization=${orgB}&organization=${orgA}`])
        for (const call of everyManagement(orgA, carol)) {
          if (call.path.includes('unlock')) continue
          if (!isRead(call)) continue
          expect((await browser.call({ ...call, path: call.path + query }, names)).status).toBe(200)
        }
    })
  })

  test('unlocks nobody of B through A', async () => {
    const browser = await at('mgrA')
    await world.rows(`update users set state = 'locked' where id = ?`, carol)
    await expectNothingChanges(async () => {
      expect(codeOf(await browser.call(ADM.unlock(orgA, carol)))).toBe('not_found')
      expect(codeOf(await browser.call(ADM.unlock(orgB, carol)))).toBe('not_found')
      expect(codeOf(await browser.call(ADM.unlock(orgB, bob)))).toBe('not_found')
    })
    await world.rows(`update users set state = 'active' where id = ?`, carol)
  })

  test('does nothing on the instance', async () => {
    const browser = await at('mgrA')
    await expectNothingChanges(async () => {
      for (const call of everyInstanceManagement()) expect(codeOf(await browser.call(call))).toBe('forbidden')
      for (const call of everyManagement('instance', bob)) expect(codeOf(await browser.call(call))).toBe('not_found')
    })
  })
})

test('N218 ORG - a filter or a pattern in place of an organization finds nothing', async () => {
  const browser = await at('viewer')
  const patterns = ['*', '%', '_', '%25', 'org_%25', `${orgA},${orgB}`, `${orgA}%00`, '..', '%2e%2e', 'null', '']
  for (const pattern of patterns) {
    const answer = await browser.call(ADM.deadLetters(pattern))
    expect([404, 400], pattern).toContain(answer.status)
  }
  expect(json(await browser.call(ADM.deadLetters(orgA)))).toEqual({ messages: [] })
})

describe('N226 MGR - a user manager', () => {
  test('gives nobody a role: there is no way to', async () => {
    const browser = await at('umA')
    await expectNothingChanges(async () => {
      for (const path of NOT_HERE.map((path) => path.replace('org_0', orgA).replace('usr_0', bob)))
        for (const method of ['POST', 'PUT', 'DELETE'] as const)
          expect((await browser.call({ method, path, body: { role: 'organization_owner', user: bob } })).status).toBe(
            404,
          )
    })
  })

  test('makes nobody an owner, itself and others, here or on the instance', async () => {
    const browser = await at('umA')
    await expectNothingChanges(async () => {
      for (const user of [bob, await world.person('umA')]) {
        expect(codeOf(await browser.call(MANAGE.setRoles(orgA, user, ['organization_owner'])))).toBe('forbidden')
        expect(codeOf(await browser.call(MANAGE.setInstanceRoles(user, ['instance_owner'])))).toBe('forbidden')
      }
    })
  })

  test('changes no settings', async () => {
    const browser = await at('umA')
    await expectNothingChanges(async () => {
      expect(codeOf(await browser.call(ADM.setPolicy(orgA, { maxFailures: 0 })))).toBe('forbidden')
      expect(codeOf(await browser.call(ADM.inheritPolicy(orgA)))).toBe('forbidden')
    })
  })
})

test('N102 WAUTHN - a user manager of A gets no link for somebody of B to set anything up with: none is made, and nothing is sent', async () => {
  const browser = await at('umA')
  const made = async () => [
    await world.rows('select count(*) as n from one_time_links'),
    await world.rows('select count(*) as n from outbox_messages'),
  ]
  const before = await made()
  const names = { 'x-zitadel-orgid': orgA, 'x-vestibule-organization': orgA, 'x-organization-id': orgA }
  for (const organization of [orgA, orgB])
    for (const query of ['', `?orgId=${orgA}`, `?organization=${orgA}&organization=${orgB}`]) {
      const call = ADM.setupLink(organization, carol)
      const answer = await browser.call({ ...call, path: call.path + query }, names)
      expect([answer.status, codeOf(answer)], `${organization} ${query}`).toEqual([404, 'not_found'])
    }
  expect(await made()).toEqual(before)
  // for somebody of A there is one
  expect((await browser.call(ADM.setupLink(orgA, await world.person('passwordless')))).status).toBe(200)
  expect(await made()).not.toEqual(before)
})

test('N228 MGR - a user manager does not act on an owner', async () => {
  const browser = await at('umA')
  const owner = await world.person('mgrA')
  expect(codeOf(await browser.call(ADM.unlock(orgA, owner)))).toBe('forbidden')
  await expectNothingChanges(async () => {
    for (const call of everyActOnPerson(orgA, owner))
      expect(codeOf(await browser.call(call)), call.path).toBe('forbidden')
  })
  expect((await browser.call(ADM.unlock(orgA, bob))).status).toBe(200)
})

test('N234 MGR - the last owner of an organization goes by nobody’s hand, not even the own', async () => {
  const browser = await at('mgrA')
  const owner = await world.person('mgrA')
  await expectNothingChanges(async () => {
    expect(codeOf(await browser.call(MANAGE.setRoles(orgA, owner, ['organization_viewer'])))).toBe('last_owner')
    for (const action of ['deactivate', 'lock'])
      expect(codeOf(await browser.call(MANAGE.act(orgA, owner, action)))).toBe('last_owner')
    expect(codeOf(await browser.call(MANAGE.remove(orgA, owner)))).toBe('last_owner')
  })
})

test('N233 MGR - a manager who became a viewer writes nothing with the session of before', async () => {
  const browser = await at('settingsA')
  expect((await browser.call(ADM.setPolicy(orgA, { maxFailures: 9 }))).status).toBe(200)
  await world.rows(
    `update manager_roles set role = 'organization_viewer' where user_id = ?`,
    await world.person('settingsA'),
  )
  expect(codeOf(await browser.call(ADM.setPolicy(orgA, { maxFailures: 8 })))).toBe('forbidden')
  expect(json(await browser.call(ADM.policy(orgA))).value.maxFailures).toBe(9)
})

test.each([
  ['viewerA', () => [...everyManagement(orgA, bob), ...everyManagedThing(orgA, bob)]],
  ['viewer', () => [...everyManagement(orgA, bob), ...everyManagement(orgB, carol), ...everyInstanceManagement()]],
])('N235 MGR - %s reads, and writes nothing', async (name, calls) => {
  const browser = await at(name)
  await expectNothingChanges(async () => {
    for (const call of calls()) {
      const { status, body } = await browser.call(call)
      expect(status, `${call.method} ${call.path}`).toBe(isRead(call) ? 200 : 403)
      expect(body).not.toMatch(/canary|secret|argon2/)
    }
  })
})

test('N300 OPS - without a session, with an unproven one and from another site nothing is managed', async () => {
  const stranger = world.browser()
  await stranger.open(rp.authorizePath('clientConf'))
  const owner = await at('mgrA')
  const all = [...everyManagement(orgA, bob), ...everyManagedThing(orgA, bob), ...everyInstanceManagement()]
  await expectNothingChanges(async () => {
    for (const call of all) {
      expect(codeOf(await stranger.call(call)), call.path).toBe('unauthenticated')
      expect(
        (await send(world.server, { method: 'OPTIONS', path: call.path })).headers['access-control-allow-origin'],
      ).toBe(undefined)
      if (isRead(call)) continue
      expect(codeOf(await owner.call(call, { origin: 'https://evil.test' }))).toBe('csrf_failed')
      expect(codeOf(await owner.call(call, { 'content-type': 'text/plain' }))).toBe('unsupported_media_type')
    }
  })
})

test('N230 MGR - a policy takes its own members only', async () => {
  const browser = await at('mgrA')
  await expectNothingChanges(async () => {
    for (const value of [
      { owner: orgB },
      { kind: 'login' },
      { updatedAt: 0 },
      { __proto__: null, constructor: {} },
      [],
      null,
      'x',
    ])
      expect(codeOf(await browser.call(ADM.setPolicy(orgA, value)))).toBe('invalid_input')
    for (const kind of ['constructor', 'instance', 'loginn', '../login'])
      expect((await browser.call(ADM.setPolicy(orgA, {}, kind))).status).toBe(404)
    expect(codeOf(await browser.call(INST.setPolicy({})))).toBe('forbidden')
  })
})

import { describe, expect, test } from 'vitest'
import { application, person } from './harness/people.ts'
import { faultsOf } from './harness/server.ts'
import { openWorld } from './harness/world.ts'

const shared = await openWorld()

describe('N298 OPS - a configuration with a fault changes nothing', () => {
  const of = (change: object) => ({ primaryDomain: 'x.test', name: 'X', ...change })
  const app = (change: object) =>
    of({ applications: [{ ...application({ clientId: 'clientX', type: 'web' }), ...change }] })
  const dear = `$argon2id$v=19$m=4194304,t=99,p=1$${'A'.repeat(22)}$${'A'.repeat(43)}`
  const redirects = [
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    'file:///etc/passwd',
    'blob:https://rp.test/x',
    'https://*/cb',
    'https://rp.test/*',
    'https://rp.test/cb#x',
    'https://user:pw@rp.test/cb',
    'http://rp.test/cb',
    'https://rp.test\\@evil.test',
    ' https://rp.test/cb',
    'https://rp.test/c b',
    'https://rp.tést/cb',
    '//rp.test/cb',
    'rp.test',
  ]
  const faulty: [string, object][] = [
    ['an unknown member', of({ surprise: true })],
    ['an unknown member of a person', of({ users: [{ ...person({ name: 'x' }), isAdmin: true }] })],
    ['an unknown role', of({ users: [{ ...person({ name: 'x' }), roles: ['root'] }] })],
    ['a hash that is none', of({ users: [{ username: 'x', passwordHash: '$2b$10$x' }] })],
    ['a hash that stops the server', of({ users: [{ username: 'x', passwordHash: dear }] })],
    ['a line end in an address', of({ users: [{ username: 'x', email: 'x@x.test\r\nBcc: y@y.test' }] })],
    ['a secret instead of its hash', app({ secretSha256: ['a secret'] })],
    ['an origin with a path', app({ settings: { additionalOrigins: ['https://rp.test/x'] } })],
  ]

  test('N140 REDIR - it says all that is wrong, and repeats no secret', async () => {
    const before = await shared.rows('select count(*) as n from events')
    const organizations = faulty.map(([, organization], at) => ({ ...organization, primaryDomain: `x${at}.test` }))
    const faults = (await faultsOf(shared.place, { organizations })).join('\n')
    for (const [at, [name]] of faulty.entries()) expect(faults, name).toContain(`organizations[${at}].`)
    expect(faults).not.toMatch(/canary|a secret$/m)

    // what the policy says is asked once the rest makes sense
    const short = of({ users: [{ ...person({ name: 'x' }), password: 'canary' }] })
    const weak = (await faultsOf(shared.place, { organizations: [short] })).join('\n')
    expect(weak).toContain('organizations[0].users[0].password')
    expect(weak).not.toContain('canary')

    const applications = redirects.flatMap((uri, at) => [
      { ...application({ clientId: `go${at}`, type: 'web' }), redirectUris: [uri] },
      { ...application({ clientId: `out${at}`, type: 'web' }), postLogoutRedirectUris: [uri] },
    ])
    const refused = (await faultsOf(shared.place, { organizations: [of({ applications })] })).join('\n')
    for (const at of applications.keys())
      expect(refused, redirects[Math.floor(at / 2)]).toContain(`applications[${at}].`)
    expect(await shared.rows('select count(*) as n from events')).toEqual(before)
  })
})

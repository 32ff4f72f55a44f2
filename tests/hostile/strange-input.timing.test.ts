import { expect, test } from 'vitest'
import { type Answer, send } from './harness/http.ts'
import { errorOf } from './harness/relying-party.ts'
import { openWorld } from './harness/world.ts'

const world = await openWorld()
const { rp, server } = world

/** The fastest of some, in milliseconds: what the server needs, whatever else this machine does. Each answer is looked at. */
async function quickest(ask: () => Promise<Answer>, look: (answer: Answer) => void): Promise<number> {
  const took: number[] = []
  for (let at = 0; at < 5; at++) {
    const begin = performance.now()
    const answer = await ask()
    took.push(performance.now() - begin)
    look(answer)
  }
  return Math.min(...took)
}

test.each([
  ['4,097 characters', 'x'.repeat(4_097)],
  ['10,000 items', 'a '.repeat(6_000)],
  ['101 items', 'a '.repeat(101)],
  ['nested blanks', `${' '.repeat(4_000)}openid`],
  ['a colon desert', 'urn:'.repeat(1_000)],
])('N177 TOKEN - a scope of %s takes no time', async (_kind, scope) => {
  const took = await quickest(
    () => world.browser().get(rp.authorizePath('clientConf', { scope, prompt: 'none' })),
    (answer) => {
      expect([302, 400, 431]).toContain(answer.status)
      if (answer.status === 302) expect(['invalid_scope', 'login_required']).toContain(errorOf(answer))
    },
  )
  expect(took).toBeLessThan(50)
})

test.each([
  ['deep', '['.repeat(30_000) + ']'.repeat(30_000)],
  ['deep objects', `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`],
  ['many keys', JSON.stringify(Object.fromEntries(Array.from({ length: 4_000 }, (_, at) => [`key${at}`, 1])))],
  ['long digits', `{"language":${'9'.repeat(60_000)}}`],
])('N279 DOS - %s JSON takes no time', async (_kind, body) => {
  const headers = { 'content-type': 'application/json', origin: server.issuer }
  const took = await quickest(
    () => send(server, { method: 'POST', path: '/api/language', body, headers }),
    ({ status }) => expect(status).toBe(400),
  )
  expect(took).toBeLessThan(50)
})

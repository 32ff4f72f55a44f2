import { describe, expect, test } from 'vitest'
import { newAddress } from './harness/browser.ts'
import { codeOf } from './harness/http.ts'
import { secretOf } from './harness/people.ts'
import { basic, type Values } from './harness/relying-party.ts'
import { openWorld } from './harness/world.ts'

const world = await openWorld()
const { rp } = world

/** Wrong secrets a minute, for one client from one address. */
const MOST_FAILURES = 60
const GUESSES = 200

const GRANT = { grant_type: 'refresh_token', refresh_token: 'x' }

type Guess = (at: number) => { form: Record<string, string>; headers: Record<string, string> }
const WAYS: [string, string, Guess][] = [
  ['Basic', 'clientConf', (at) => ({ form: GRANT, headers: basic('clientConf', `wrong ${at}`) })],
  [
    'Basic with client_id beside it',
    'clientConf',
    (at) => ({ form: { ...GRANT, client_id: 'clientConf' }, headers: basic('clientConf', `wrong ${at}`) }),
  ],
  [
    'Basic with another client_id beside it',
    'clientConf',
    (at) => ({ form: { ...GRANT, client_id: `other${at}` }, headers: basic('clientConf', `wrong ${at}`) }),
  ],
  [
    'Basic in other letters',
    'clientConf',
    (at) => ({
      form: GRANT,
      headers: { authorization: basic('clientConf', `wrong ${at}`).authorization.replace('Basic', 'bAsIc') },
    }),
  ],
  [
    'a form',
    'clientPost',
    (at) => ({ form: { ...GRANT, client_id: 'clientPost', client_secret: `wrong ${at}` }, headers: {} }),
  ],
]

describe('N058 LOCK - guessing a client secret', () => {
  test.each(WAYS)('by %s comes to an end, and only for the guesser', async (_way, clientId, guess) => {
    const address = { 'x-forwarded-for': newAddress() }
    const answers: string[] = []
    for (let at = 0; at < GUESSES; at++) {
      const { form, headers } = guess(at)
      const answer = await rp.post(rp.endpoints.TOKEN, form, { ...headers, ...address })
      answers.push(`${answer.status} ${codeOf(answer)}`)
      if (answer.status === 429) expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0)
    }
    expect(answers.slice(0, MOST_FAILURES)).toEqual(Array(MOST_FAILURES).fill('401 invalid_client'))
    expect(new Set(answers.slice(MOST_FAILURES))).toEqual(new Set(['429 temporarily_unavailable']))

    // the real client, from where it really is
    const isBasic = clientId !== 'clientPost'
    const right: Values = isBasic ? GRANT : { ...GRANT, client_id: clientId, client_secret: secretOf(clientId) }
    const elsewhere = await rp.post(rp.endpoints.TOKEN, right, isBasic ? basic(clientId) : {})
    expect([elsewhere.status, codeOf(elsewhere)]).toEqual([400, 'invalid_grant'])
  })
})

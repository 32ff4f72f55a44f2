import { expect, test } from 'vitest'
import { createTurns } from '../../crypto/turns.ts'
import type { Deps } from '../../deps.ts'
import { jsonOf } from '../../testing/answers.ts'
import { messagesOf } from '../../testing/messages.ts'
import { authorizePath } from '../../testing/relying-party.ts'
import { BOB, createScene, type Scene } from '../../testing/scene.ts'
import { PASSWORD } from '../../testing/world.ts'
import { type Guess, GuessRefused } from './count-guess.ts'
import { guessInTurn } from './guess-in-turn.ts'

/** These passwords at the same moment, each in a browser of its own. Out: how often each answer came. */
async function atOnce({ world }: Scene, name: string, passwords: readonly string[]) {
  const asked = await Promise.all(
    passwords.map(async () => {
      const browser = world.browser()
      const request = await browser.open(authorizePath('ledger'))
      await browser.post(`/api/login/${request}/identifier`, { identifier: name })
      return { browser, path: `/api/login/${request}/password` }
    }),
  )
  const answers = await Promise.all(
    asked.map(async ({ browser, path }, at) => {
      const answer = await browser.post(path, { password: passwords[at]! })
      return answer.status === 200 ? 'in' : String((await jsonOf(answer)).code)
    }),
  )
  const counts: Record<string, number> = {}
  for (const answer of answers) counts[answer] = (counts[answer] ?? 0) + 1
  return counts
}

const RIGHT = Array<string>(30).fill(PASSWORD)

test.each([
  ['by default', {}],
  ['where the first failure locks', { maxFailures: 1 }],
  ['where no number of failures does', { maxFailures: 0 }],
])('%s thirty right passwords of one person at once are thirty sign-ins', async (_where, policy) => {
  const scene = await createScene()
  await scene.setPolicy('lockout', policy)
  expect(await atOnce(scene, BOB, RIGHT)).toEqual({ in: 30 })
  const { loginFailures } = scene.deps.db.tables
  expect(await scene.deps.db.query.select().from(loginFailures)).toEqual([])
  // nobody failed, so nobody is told of failures
  expect(await messagesOf(scene)).toEqual([])
})

test.each([
  ['by default', {}, 5],
  ['where the first failure locks', { maxFailures: 1 }, 1],
  ['where three do', { maxFailures: 3 }, 3],
])('%s thirty wrong ones at once are compared as often as one after the other', async (_where, policy, compared) => {
  const scene = await createScene()
  await scene.setPolicy('lockout', policy)
  let hashes = 0
  const { verify } = scene.deps.passwords
  scene.deps.passwords.verify = (stored, password) => {
    hashes++
    return verify(stored, password)
  }
  for (const name of [BOB, 'nobody@acme.test']) {
    hashes = 0
    const counts = await atOnce(
      scene,
      name,
      RIGHT.map((_, at) => `wrong ${at}`),
    )
    expect(hashes).toBe(compared)
    // the guess that begins a lock was compared too, and says so
    const locks = compared === 5 ? 0 : 1
    expect(counts).toEqual({
      ...(compared > locks ? { invalid_credentials: compared - locks } : {}),
      too_many_attempts: 30 - compared + locks,
    })
  }
})

test('a wait that failures caused is answered at once', async () => {
  const scene = await createScene()
  await atOnce(
    scene,
    BOB,
    Array.from({ length: 5 }, (_, at) => `wrong ${at}`),
  )
  expect(await atOnce(scene, BOB, [PASSWORD])).toEqual({ too_many_attempts: 1 })
  scene.clock.advance(1)
  expect(await atOnce(scene, BOB, RIGHT)).toEqual({ in: 30 })
})

test('one that is refused is counted again, whether the one before it is not yet told of its count or is forgiven already', async () => {
  const deps = { turns: createTurns() } as Deps
  const guess = { key: 'ada' } as Guess
  /** Refused the first time, when `told` is over. */
  const refusedUntil = (told: Promise<unknown>) => {
    let asked = 0
    const ask = async () => {
      asked++
      if (asked > 1) return { guess }
      await told
      throw new GuessRefused('ada', 1)
    }
    return guessInTurn(deps, ask, async () => asked)
  }
  const { promise: committed, resolve: commit } = Promise.withResolvers<void>()
  const first = guessInTurn(
    deps,
    async (turn) => {
      turn.enter('ada')
      await committed
      return { guess }
    },
    async () => 1,
  )
  const early = refusedUntil(Promise.resolve())
  const late = refusedUntil(first)
  commit()
  expect(await Promise.all([first, early, late])).toEqual([1, 2, 2])
  await expect(refusedUntil(Promise.resolve())).rejects.toThrow(GuessRefused)
})

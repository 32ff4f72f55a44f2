import { expect, test } from 'vitest'
import { findBypass, MEETS } from '../testing/model/run.ts'

/** The same stories each time; `npm run test:model` tells others, and more of them. */
const SEED = Number(process.env.MODEL_SEED ?? 20_260_101)
const STORIES = Number(process.env.MODEL_STORIES ?? 120)

test('nobody comes in without every proof, whatever is called in whatever order', {
  timeout: 60_000 + STORIES * 1_000,
}, async () => {
  const seen = new Map<string, number>()
  const note = (what: string) => seen.set(what, (seen.get(what) ?? 0) + 1)
  const found = await findBypass({ seed: SEED, runs: STORIES, seen: note })
  expect(found?.error.message, `seed ${SEED}`).toBeUndefined()
  expect(MEETS.filter((what) => !seen.has(what))).toEqual([])
})

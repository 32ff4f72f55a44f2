import { expect, test } from 'vitest'
import { BYPASSES, without } from '../testing/model/bypasses.ts'
import { findBypass } from '../testing/model/run.ts'

/** Other stories than those that the product has to stand. */
const SEED = 7
const STORIES = 200

test.each(BYPASSES)(
  'the model finds out when $name',
  { timeout: 120_000 },
  async ({ without: rule, tamper, seed = SEED }) => {
    const play = () => findBypass({ seed, runs: STORIES, tamper, isShortened: false })
    const found = await without(rule, play)
    expect(found?.error.message).toBeTruthy()
    if (process.env.MODEL_TELL) console.log(`${found?.runs} stories: ${found?.error.message.split('\n')[0]}`)
  },
)

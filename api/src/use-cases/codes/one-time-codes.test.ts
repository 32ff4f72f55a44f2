import { expect, test } from 'vitest'
import type { AuthRequestId } from '../../domain/ids.ts'
import { CODE_LIFETIME, MOST_ATTEMPTS } from '../../domain/one-time-code.ts'
import { createWorld } from '../../testing/world.ts'
import { createCode, tryCode } from './one-time-codes.ts'

const place = { flow: 'req_1' as AuthRequestId, purpose: 'verify_email' } as const
const address = 'ann@acme.test'

async function scene() {
  const world = await createWorld()
  const { deps } = world
  const send = (more: { address?: string; purpose?: 'reset_password' } = {}) =>
    deps.db.transaction((tx) => createCode(deps, tx, { ...place, userId: null, address, ...more }))
  const enter = (typed: string, at: { flow?: AuthRequestId; purpose?: 'reset_password' } = {}) =>
    deps.db.transaction((tx) => tryCode(deps, tx, { ...place, ...at }, typed))
  return { ...world, send, enter }
}

const wrong = (code: string) => (code === '000000' ? '000001' : '000000')

test('the right code counts once, in whatever spelling', async () => {
  const { send, enter } = await scene()
  const { code } = await send()
  expect(await enter(`Your code is ${code}.`)).toMatchObject({ address })
  expect(await enter(code)).toBeNull()
})

test('after five wrong ones the right one does not count', async () => {
  const { send, enter } = await scene()
  const { code } = await send()
  for (let count = 0; count < MOST_ATTEMPTS; count++) expect(await enter(wrong(code))).toBeNull()
  expect(await enter(code)).toBeNull()
})

test('no code is an attempt like any other', async () => {
  const { send, enter } = await scene()
  const { code } = await send()
  for (const typed of ['', 'none', '12', '1e5', 'undefined']) expect(await enter(typed)).toBeNull()
  expect(await enter(code)).toBeNull()
})

test('it ends after ten minutes', async () => {
  const { send, enter, clock } = await scene()
  const { code } = await send()
  clock.advance(CODE_LIFETIME / 1000)
  expect(await enter(code)).toBeNull()
})

test('it counts in its own flow only', async () => {
  const { send, enter } = await scene()
  const { code } = await send()
  expect(await enter(code, { flow: 'req_2' as AuthRequestId })).toBeNull()
  expect(await enter(code)).not.toBeNull()
})

test('what opens an account by itself has eight signs', async () => {
  const { send, enter } = await scene()
  const { code } = await send({ purpose: 'reset_password' })
  expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{8}$/)
  expect(await enter(code.toLowerCase(), { purpose: 'reset_password' })).not.toBeNull()
})

test('the next one waits half a minute, and ends the one before; another address waits for nothing', async () => {
  const { send, enter, clock } = await scene()
  const first = await send()
  await expect(send()).rejects.toMatchObject({ code: 'too_many_attempts', details: { retryAfter: 30 } })
  clock.advance(29)
  await expect(send()).rejects.toMatchObject({ details: { retryAfter: 1 } })
  await send({ address: 'ann@globex.test' })
  clock.advance(30)
  const last = await send({ address: 'ann@globex.test' })
  expect(await enter(first.code)).toBeNull()
  expect(await enter(last.code)).toMatchObject({ address: 'ann@globex.test' })
})

test('neither code nor link is in the row', async () => {
  const { send, deps } = await scene()
  const { code, linkToken } = await send()
  const rows = JSON.stringify(await deps.db.query.select().from(deps.db.tables.oneTimeCodes))
  expect(rows).not.toContain(code)
  expect(rows).not.toContain(linkToken)
})

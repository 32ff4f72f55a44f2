import { expect, test } from 'vitest'
import { createRateLimit } from './rate-limit.ts'

function createLimit(factor = 1) {
  const clock = { at: 0, now: () => clock.at }
  const limit = createRateLimit(clock, factor)
  const take = (times: number, address = 'a', bucket: 'login' | 'pages' | 'unlimited' = 'login') => {
    for (let at = 0; at < times; at++) limit.take(bucket, address)
  }
  return { clock, limit, take }
}
const refusal = (retryAfter: number) => expect.objectContaining({ code: 'too_many_attempts', details: { retryAfter } })

test('a bucket is full after its requests, and empty a minute after the first', () => {
  const { clock, take } = createLimit()
  take(600)
  clock.at = 30_000
  expect(() => take(1)).toThrow(refusal(30))
  clock.at = 60_000
  take(600)
  expect(() => take(1)).toThrow(refusal(60))
})

test('buckets and addresses do not share', () => {
  const { take } = createLimit()
  take(600)
  take(600, 'b')
  take(1200, 'a', 'pages')
  take(100_000, 'a', 'unlimited')
  expect(() => take(1)).toThrow()
})

test('the factor widens and narrows it', () => {
  const { take } = createLimit(0.5)
  take(300)
  expect(() => take(1)).toThrow()
})

test('failures of a client count for one address, successes never', () => {
  const { clock, limit } = createLimit()
  for (let at = 0; at < 1000; at++) limit.mayAuthenticate('ledger', 'a')
  for (let at = 0; at < 60; at++) limit.noteFailure('ledger', 'a')
  expect(() => limit.mayAuthenticate('ledger', 'a')).toThrow(refusal(60))
  limit.mayAuthenticate('ledger', 'b')
  limit.mayAuthenticate('other', 'a')
  clock.at = 60_000
  limit.mayAuthenticate('ledger', 'a')
})

test('memory is bounded: the oldest addresses are forgotten first', () => {
  const { take } = createLimit()
  take(600, 'first')
  for (let at = 0; at < 19_999; at++) take(1, `address ${at}`)
  expect(() => take(1, 'first')).toThrow()
  take(1, 'one more')
  take(600, 'first')
})

import { DEFAULT_LOGIN_POLICY } from '@vestibule/shared/policy.ts'
import { expect, test } from 'vitest'
import { account, held, NOW } from '../../testing/login-facts.ts'
import { waysIn, whatIf } from './ways-in.ts'

const forced = { ...DEFAULT_LOGIN_POLICY, forceSecondFactor: 'always' as const }
const withPasskey = { ...held(), passkeys: 1 }

test.each([
  ['a password alone', account('ann'), [{ first: 'password', second: null }]],
  [
    'a password and what was set up beside it',
    account('ann', { factors: held('totp', 'recovery_code') }),
    [
      { first: 'password', second: 'totp' },
      { first: 'password', second: 'recovery_code' },
    ],
  ],
  [
    'a passkey alone is enough, and helps the password',
    account('ann', { factors: withPasskey, policy: forced }),
    [
      { first: 'passkey', second: null },
      { first: 'password', second: 'passkey' },
    ],
  ],
  [
    'what the policy dropped opens nothing',
    account('ann', { factors: held('sms_code', 'totp'), policy: { ...forced, secondFactors: ['totp'] } }),
    [{ first: 'password', second: 'totp' }],
  ],
  [
    'who is made to have a second factor sets it up on the way',
    account('ann', { policy: forced }),
    [{ first: 'password', second: null }],
  ],
  ['nobody with nothing', account('ann', { password: null }), []],
])('%s', (_what, who, ways) => {
  expect(waysIn(who, NOW)).toEqual(ways)
})

test('a lost phone takes the app and the text messages along, and a recovery code would still open the door', () => {
  const [phone] = whatIf(account('ann', { factors: held('totp', 'sms_code', 'recovery_code') }), NOW)
  expect(phone).toEqual({
    loss: 'phone',
    gone: ['totp', 'sms_code'],
    ways: [{ first: 'password', second: 'recovery_code' }],
    help: null,
  })
})

test('with a passkey alone nothing is left, and one more passkey is the step that helps', () => {
  const who = account('ann', { password: null, factors: withPasskey })
  expect(whatIf(who, NOW)).toEqual([
    { loss: 'phone', gone: ['passkey'], ways: [], help: 'passkey' },
    { loss: 'key', gone: ['passkey'], ways: [], help: 'passkey' },
  ])
})

test('of two security keys one is left, and to one that is alone another one is the step that helps', () => {
  const keys = { ...DEFAULT_LOGIN_POLICY, allowPasskey: false, secondFactors: ['security_key' as const] }
  const one = account('ann', { policy: keys, factors: held('security_key') })
  const gone = { loss: 'key', gone: ['security_key'] }
  expect(whatIf(one, NOW)).toEqual([{ ...gone, ways: [], help: 'security_key' }])
  const two = { ...one, factors: { ...one.factors, securityKeys: 2 } }
  const ways = [{ first: 'password', second: 'security_key' }]
  expect(whatIf(two, NOW)).toEqual([{ ...gone, ways, help: null }])
})

test('a mailbox that is lost closes nothing where an app is left', () => {
  const [, mailbox] = whatIf(account('ann', { factors: held('email_code', 'totp') }), NOW)
  expect(mailbox).toMatchObject({ loss: 'mailbox', gone: ['email_code'], ways: [{ second: 'totp' }], help: null })
})

test('nothing is said of things that hold nothing', () => {
  expect(whatIf(account('ann'), NOW)).toEqual([])
})

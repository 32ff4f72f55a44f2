import { expect, test } from 'vitest'
import { AWAY, account, facts, held, password, QUIET_POLICY, trusted, user } from '../../testing/login-facts.ts'
import { ann, ask, checked, ended, forced } from '../../testing/login-rows.ts'
import type { Prompt } from '../auth-request.ts'
import type { LoginFacts } from './facts.ts'
import { nextStep } from './next-step.ts'

/** prompt=none is the same walk with each step answered by its error. */
const silent: [string, LoginFacts, string][] = [
  ['nobody is signed in', facts(), 'login_required'],
  ['the only account is signed out', facts({ accounts: [ended('ann')] }), 'login_required'],
  [
    'several are usable and none is named',
    facts({ accounts: [account('ann'), account('ben')] }),
    'account_selection_required',
  ],
  ['the check is too old', facts({ accounts: [account('ann')], request: { maxAge: 1_000 } }), 'login_required'],
  [
    'another person than hinted',
    facts({ accounts: [account('ann')], request: { subject: 'sub_ben' } }),
    'login_required',
  ],
  [
    'another organization than asked',
    facts({ accounts: [account('ann')], request: { organizationId: AWAY } }),
    'login_required',
  ],
  [
    'consent is missing',
    facts({ accounts: [account('ann')], consent: { required: () => true, given: false } }),
    'consent_required',
  ],
  [
    'a password has to be replaced',
    facts({ accounts: [account('ann', { password: password({ mustChange: true }) })] }),
    'interaction_required',
  ],
  [
    'a password has to be replaced, and proven before',
    facts({ accounts: [{ ...checked('ann', 301_000), password: password({ mustChange: true }) }] }),
    'interaction_required',
  ],
  ['a second factor is missing', facts({ accounts: [account('ann', { factors: held('totp') })] }), 'login_required'],
  ['one has to be set up', facts({ accounts: [account('ann', { policy: forced })] }), 'interaction_required'],
  [
    'two factors are asked for where nobody can have two',
    facts({
      accounts: [account('ann', { policy: { ...QUIET_POLICY, secondFactors: [] } })],
      request: { requiredAssurance: 'aal2' },
    }),
    'unmet_authentication_requirements',
  ],
  [
    'a locked person',
    facts({ accounts: [account('ann', { user: user('ann', { state: 'locked' }) })] }),
    'access_denied',
  ],
]

test.each(silent)('prompt=none, %s: %#', (_sentence, situation, error) => {
  const request = { ...situation.request, prompts: new Set<Prompt>(['none']) }
  expect(nextStep({ ...situation, request })).toEqual({ kind: 'reject', error })
})

test('prompt=none in a trusted browser is silent success, unless more is asked for', () => {
  const there = { accounts: [ann()], trusted: [trusted('ann')] }
  expect(nextStep(facts({ ...there, request: ask('none') }))).toMatchObject({ kind: 'complete', assurance: 'aal1' })
  const more = facts({ ...there, request: { ...ask('none'), requiredAssurance: 'aal2' } })
  expect(nextStep(more)).toEqual({ kind: 'reject', error: 'login_required' })
})

test('prompt=none with a usable session is silent success', () => {
  expect(nextStep(facts({ accounts: [account('ann')], request: ask('none') })).kind).toBe('complete')
})

import { AWAY, account, facts, held, NOW, password, QUIET_POLICY, trusted, user } from '../../../testing/login-facts.ts'
import { ann, app, ask, chosen, demand, ended, trusting } from '../../../testing/login-rows.ts'
import type { CredentialId } from '../../ids.ts'

demand([
  [
    'where browsers may be trusted, the second proof says for how long',
    facts({ accounts: [ann()] }),
    { kind: 'second_factor', trustFor: 30 * 86_400 },
  ],
  [
    'where they may not, there is nothing to check',
    facts({ accounts: [ann({ policy: QUIET_POLICY })], trusted: [trusted('ann')] }),
    { kind: 'second_factor', trustFor: 0 },
  ],
  [
    'in a trusted browser the password is enough, and one factor is all that is said of it',
    facts({ accounts: [ann()], trusted: [trusted('ben'), trusted('ann')] }),
    { kind: 'complete', factors: ['password'], assurance: 'aal1', hasTwoFactors: false, authTime: NOW - 60_000 },
  ],
  [
    'where everybody has to have a second factor too',
    facts({ accounts: [ann({ policy: { ...trusting, forceSecondFactor: 'always' } })], trusted: [trusted('ann')] }),
    { kind: 'complete', assurance: 'aal1' },
  ],
  [
    'the password is asked for there as everywhere',
    facts({ accounts: [ann({ session: ended('ann').session })], trusted: [trusted('ann')], chosen: chosen('ann') }),
    { kind: 'first_factor' },
  ],
  [
    'trust of somebody else is nobody else’s',
    facts({ accounts: [ann()], trusted: [trusted('ben')] }),
    { kind: 'second_factor' },
  ],
  [
    'nor that of the same person in another organization',
    facts({ accounts: [ann()], trusted: [trusted('ann', { organizationId: AWAY })] }),
    { kind: 'second_factor' },
  ],
  [
    'trust ends at its time',
    facts({ accounts: [ann()], trusted: [trusted('ann', { expiresAt: NOW })] }),
    { kind: 'second_factor' },
  ],
  [
    'a moment before it counts',
    facts({ accounts: [ann()], trusted: [trusted('ann', { expiresAt: NOW + 1 })] }),
    { kind: 'complete' },
  ],
  [
    'it ends earlier where the policy became shorter',
    facts({
      accounts: [ann({ policy: { ...trusting, trustedDeviceLifetime: 86_400 } })],
      trusted: [trusted('ann')],
    }),
    { kind: 'second_factor', trustFor: 86_400 },
  ],
  [
    'a policy that became longer lengthens nothing',
    facts({
      accounts: [ann({ policy: { ...trusting, trustedDeviceLifetime: 90 * 86_400 } })],
      trusted: [trusted('ann', { checkedAt: NOW - 30 * 86_400_000, expiresAt: NOW })],
    }),
    { kind: 'second_factor' },
  ],
  [
    'trust of tomorrow counts for nothing',
    facts({ accounts: [ann()], trusted: [trusted('ann', { checkedAt: NOW + 1 })] }),
    { kind: 'second_factor' },
  ],
  [
    'trust goes with the app that was shown for it',
    facts({ accounts: [ann()], trusted: [trusted('ann', { credential: 'crd_gone' as CredentialId })] }),
    { kind: 'second_factor' },
  ],
  [
    'as long as the person has that, it counts',
    facts({
      accounts: [ann({ factors: { ...app, credentials: ['crd_app' as CredentialId] } })],
      trusted: [trusted('ann', { credential: 'crd_app' as CredentialId })],
    }),
    { kind: 'complete' },
  ],
  [
    'trust goes with the kind of factor that was shown for it',
    facts({ accounts: [ann({ factors: held('email_code') })], trusted: [trusted('ann')] }),
    { kind: 'second_factor' },
  ],
  [
    'a factor that the policy dropped vouches for nothing',
    facts({
      accounts: [ann({ policy: { ...trusting, secondFactors: ['recovery_code'], forceSecondFactor: 'always' } })],
      trusted: [trusted('ann')],
    }),
    { kind: 'second_factor' },
  ],
  [
    'who asks for two factors gets two, and no trust is offered there',
    facts({ accounts: [ann()], trusted: [trusted('ann')], request: { requiredAssurance: 'aal2' } }),
    { kind: 'second_factor', trustFor: 0, reasons: ['application_asks_for_second_factor'] },
  ],
  [
    'who asks for what can not be phished too',
    facts({
      accounts: [ann({ factors: held('security_key') })],
      trusted: [trusted('ann', { factor: 'security_key' })],
      request: { requiredAssurance: 'phr' },
    }),
    { kind: 'second_factor', trustFor: 0 },
  ],
  [
    'who asks for one factor gets one',
    facts({ accounts: [ann()], trusted: [trusted('ann')], request: { requiredAssurance: 'aal1' } }),
    { kind: 'complete', assurance: 'aal1' },
  ],
  [
    'who asks for a proof of now gets both',
    facts({
      accounts: [ann({ session: { ...account('ann').session, checks: [{ factor: 'password', at: NOW }] } })],
      trusted: [trusted('ann')],
      request: ask('login'),
    }),
    { kind: 'second_factor', trustFor: 0 },
  ],
  [
    'so does who says how old it may be, a step-up of our own pages too',
    facts({ accounts: [ann()], trusted: [trusted('ann')], request: { maxAge: 400_000_000, isOwn: true } }),
    { kind: 'second_factor', trustFor: 0 },
  ],
  [
    'trust lets nobody in who may not come in',
    facts({ accounts: [ann({ user: user('ann', { state: 'locked' }) })], trusted: [trusted('ann')] }),
    { kind: 'denied', reason: 'locked' },
  ],
  [
    'a password that has to be replaced is replaced there too',
    facts({ accounts: [ann({ password: password({ mustChange: true }) })], trusted: [trusted('ann')] }),
    { kind: 'change_password' },
  ],
  [
    'where nothing is held, trust spares nobody the set-up that everybody has to do',
    facts({
      accounts: [ann({ policy: { ...trusting, forceSecondFactor: 'always' }, factors: held() })],
      trusted: [trusted('ann')],
    }),
    { kind: 'enroll_second_factor', canSkip: false },
  ],
])

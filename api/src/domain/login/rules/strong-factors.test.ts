import { account, facts, held, NOW, QUIET_POLICY } from '../../../testing/login-facts.ts'
import { byPasskey, chosen, demand, forced, second } from '../../../testing/login-rows.ts'
import type { CredentialId } from '../../ids.ts'

demand([
  [
    'a passkey that verified its user is two factors',
    facts({ accounts: [byPasskey('ann', { userVerified: true })] }),
    { kind: 'complete', factors: ['passkey'], assurance: 'phr', authTime: NOW - 60_000 },
  ],
  [
    'its proof lasts as long as the policy says of passkeys',
    facts({
      accounts: [
        account('ann', {
          session: {
            ...account('ann').session,
            checks: [{ factor: 'passkey', at: NOW - 43_200_000, userVerified: true }],
          },
          factors: { ...held(), passkeys: 1 },
        }),
      ],
      chosen: chosen('ann'),
    }),
    { kind: 'first_factor', reasons: ['session_ended'] },
  ],
  [
    'one that is gone is none',
    facts({
      accounts: [byPasskey('ann', { userVerified: true, credential: 'crd_gone' as CredentialId })],
      chosen: chosen('ann'),
    }),
    { kind: 'first_factor' },
  ],
  [
    'one that did not is one',
    facts({ accounts: [byPasskey('ann', { userVerified: false })], request: { requiredAssurance: 'aal2' } }),
    { kind: 'second_factor', methods: ['passkey'] },
  ],
  [
    'a passkey satisfies a second factor that was set up',
    facts({ accounts: [byPasskey('ann', { userVerified: true }, 'totp')] }),
    { kind: 'complete', factors: ['passkey'] },
  ],
  [
    'a password and a passkey: the passkey is offered where a second factor is asked for, so that nobody adds another one instead',
    facts({ accounts: [account('ann', { policy: forced, factors: { ...held(), passkeys: 1 } })] }),
    { kind: 'second_factor', methods: ['passkey'] },
  ],
  [
    'what can be phished never satisfies who asks for what can not',
    facts({
      accounts: [
        second('ann', [{ factor: 'totp', at: NOW - 50_000 }], { factors: held('totp', 'security_key', 'sms_code') }),
      ],
      request: { requiredAssurance: 'phr' },
    }),
    { kind: 'second_factor', methods: ['security_key'], reasons: ['application_asks_for_phishing_resistant'] },
  ],
  [
    'a security key does',
    facts({
      accounts: [second('ann', [{ factor: 'security_key', at: NOW - 50_000 }], { factors: held('security_key') })],
      request: { requiredAssurance: 'phr' },
    }),
    { kind: 'complete', assurance: 'phr', factors: ['password', 'security_key'] },
  ],
  [
    'whoever holds a weaker factor shows it before a stronger one may be set up',
    facts({ accounts: [account('ann', { factors: held('totp') })], request: { requiredAssurance: 'phr' } }),
    { kind: 'second_factor', methods: ['totp'] },
  ],
  [
    'a lock after failures closes codes and leaves keys',
    facts({
      accounts: [account('ann', { factors: held('totp', 'security_key', 'email_code') })],
      lockedUntil: NOW + 1,
    }),
    { kind: 'second_factor', methods: ['security_key'], lockedUntil: NOW + 1 },
  ],
  [
    'whoever holds nothing sets a security key up where what can not be phished is asked for',
    facts({ accounts: [account('ann')], request: { requiredAssurance: 'phr' } }),
    {
      kind: 'enroll_second_factor',
      methods: ['security_key'],
      canSkip: false,
      reasons: ['application_asks_for_phishing_resistant'],
    },
  ],
  [
    'where the organization has none of them either, that application is told so',
    facts({
      accounts: [account('ann', { policy: { ...QUIET_POLICY, secondFactors: ['totp'] } })],
      request: { requiredAssurance: 'phr' },
    }),
    { kind: 'reject', error: 'unmet_authentication_requirements' },
  ],
  [
    'a security key that is gone proved nothing',
    facts({
      accounts: [
        second('ann', [{ factor: 'security_key', at: NOW - 5_000, credential: 'crd_gone' as CredentialId }], {
          factors: { ...held('security_key'), credentials: ['crd_other' as CredentialId] },
        }),
      ],
    }),
    { kind: 'second_factor', methods: ['security_key'] },
  ],
  [
    'one that the organization dropped neither proves anything nor is asked for',
    facts({
      accounts: [
        second('ann', [{ factor: 'security_key', at: NOW - 5_000 }], {
          factors: held('security_key'),
          policy: { ...forced, secondFactors: ['totp'] },
        }),
      ],
    }),
    { kind: 'enroll_second_factor', methods: ['totp'] },
  ],
  [
    'a security key alone opens nothing',
    facts({
      accounts: [
        account('ann', {
          session: { ...account('ann').session, checks: [{ factor: 'security_key', at: NOW - 5_000 }] },
          factors: held('security_key'),
        }),
      ],
      chosen: chosen('ann'),
    }),
    { kind: 'first_factor' },
  ],
])

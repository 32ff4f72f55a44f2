import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { AWAY, NOW } from '../../testing/login-facts.ts'
import { holds } from '../../testing/login-invariants/holds.ts'
import { isVouchedFor, UNPHISHABLE } from '../../testing/login-invariants/proofs.ts'
import { situations } from '../../testing/situations.ts'
import type { UserId } from '../ids.ts'
import type { Check } from '../session.ts'
import type { LoginFacts } from './facts.ts'
import { nextStep } from './next-step.ts'
import { permittedActions } from './permitted-actions.ts'

const RUNS = { numRuns: 60_000, seed: 20_260_101 }

test('over random situations no invariant of the login breaks', () => {
  const seen = new Map<string, number>()
  fc.assert(
    fc.property(situations, (situation) => {
      holds(situation)
      const { kind } = nextStep(situation)
      seen.set(kind, (seen.get(kind) ?? 0) + 1)
    }),
    RUNS,
  )
  const kinds = [
    'register',
    'verify_email',
    'finish_registration',
    'reset_code',
    'new_password',
    'change_password',
    'select_account',
    'identify',
    'first_factor',
    'offer_passkey',
    'second_factor',
    'enroll_second_factor',
    'recovery_codes',
    'denied',
    'deletion_planned',
    'confirm_device',
    'consent',
    'complete',
    'reject',
  ]
  expect([...seen.keys()].toSorted()).toEqual(kinds.toSorted())
})

test('a name nobody has and somebody who may not finish look like everybody else', () => {
  fc.assert(
    fc.property(situations, (situation) => {
      if (!situation.typed) return
      // nothing is ever proven for a name nobody has, so what was asked for is compared
      const asked = (userId: UserId | null) =>
        situation.ceremony?.kind === 'reset' ? { ...situation.ceremony, userId } : situation.ceremony
      const unasked = { ...situation, resetIsProven: false }
      const unknown = { ...unasked, ceremony: asked(null), typed: { ...situation.typed, user: null } }
      const stranger = {
        id: 'usr_new' as never,
        subject: 'sub_new',
        organizationId: 'org_home' as never,
        state: 'active',
        organizationActive: true,
        deletionAt: null,
      } as const
      const isSeen = situation.request.organizationId !== AWAY && situation.request.subject === null
      const known = {
        ...unasked,
        ceremony: asked(isSeen ? stranger.id : null),
        typed: { ...situation.typed, user: stranger },
      }
      expect(nextStep(known)).toEqual(nextStep(unknown))
    }),
    { ...RUNS, numRuns: 20_000 },
  )
})

test('a lock after failures takes the password away, and nothing from anybody who needs no guess', () => {
  let locked = 0
  fc.assert(
    fc.property(situations, (situation) => {
      const isLocked = situation.lockedUntil !== null && situation.lockedUntil > NOW
      const [step, open] = [nextStep(situation), nextStep({ ...situation, lockedUntil: null })]
      const closes = isLocked && (open.kind === 'first_factor' || open.kind === 'second_factor')
      if (closes) locked++
      const stays = (method: string) => UNPHISHABLE.has(method)
      const methods = 'methods' in open ? open.methods.filter(stays) : []
      expect(step).toEqual(closes ? { ...open, methods, lockedUntil: situation.lockedUntil } : open)
    }),
    { ...RUNS, numRuns: 20_000 },
  )
  expect(locked).toBeGreaterThan(1_000)
})

/** Somebody has just typed the password, for an application that asks for nothing special. */
function withPassword(situation: LoginFacts): LoginFacts {
  const [first, ...others] = situation.accounts
  if (!first) return situation
  const { session, policy } = first
  const checks: Check[] = [
    { factor: 'password', at: NOW },
    ...session.checks.filter((one) => one.factor !== 'password'),
  ]
  const live = { ...session, checks, lastUsedAt: NOW, expiresAt: NOW + 1, endedAt: null }
  const plain = {
    maxAge: null,
    requiredAssurance: null,
    organizationId: null,
    subject: null,
    prompts: new Set<never>(),
  }
  return {
    ...situation,
    accounts: [{ ...first, session: live, policy: { ...policy, allowPassword: true } }, ...others],
    typed: null,
    ceremony: null,
    chosen: session.id,
    request: { ...situation.request, ...plain },
  }
}

test('a trusted browser takes the question for a second factor away, and nothing else', () => {
  let spared = 0
  fc.assert(
    fc.property(fc.oneof(situations, situations.map(withPassword)), (situation) => {
      const [step, distrusted] = [nextStep(situation), nextStep({ ...situation, trusted: [] })]
      if (isDeepStrictEqual(step, distrusted)) return
      spared++
      const isSilent = situation.request.prompts.has('none')
      expect(distrusted).toMatchObject(isSilent ? { error: 'login_required' } : { kind: 'second_factor' })
      expect(['first_factor', 'second_factor', 'enroll_second_factor']).not.toContain(step.kind)
      expect(situation.accounts.some((account) => isVouchedFor(account, situation))).toBe(true)
    }),
    { ...RUNS, numRuns: 20_000 },
  )
  expect(spared).toBeGreaterThan(100)
})

test('only a step that is complete can be finished with a code', () => {
  fc.assert(
    fc.property(situations, (situation) => {
      const { kind } = nextStep(situation)
      const finishes = permittedActions(kind).includes('finish')
      expect(finishes).toBe(kind === 'complete' || kind === 'reject')
    }),
    { ...RUNS, numRuns: 5_000 },
  )
})

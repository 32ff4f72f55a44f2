import type { SecondFactor } from '@vestibule/shared/factors.ts'
import type { LoginPolicy } from '@vestibule/shared/policy.ts'
import { expect, test } from 'vitest'
import type { Prompt } from '../domain/auth-request.ts'
import type { SessionId, UserId } from '../domain/ids.ts'
import type { AccountFacts, LoginFacts } from '../domain/login/facts.ts'
import { nextStep } from '../domain/login/next-step.ts'
import type { Check } from '../domain/session.ts'
import { account, held, NOW, QUIET_POLICY, type user } from './login-facts.ts'

export const ask = (...prompts: Prompt[]) => ({ prompts: new Set(prompts) })
export const ended = (name: string) => account(name, { session: { ...account(name).session, endedAt: NOW - 1 } })
export const checked = (name: string, ago: number) =>
  account(name, { session: { ...account(name).session, checks: [{ factor: 'password', at: NOW - ago }] } })
export const typed = (who: ReturnType<typeof user> | null) => ({
  loginName: 'x',
  user: who,
  policy: QUIET_POLICY,
})
export const chosen = (name: string) => `ses_${name}` as SessionId

/** Ann with a password of a minute ago, and more. */
export const second = (name: string, checks: Check[], change: Partial<AccountFacts> = {}) =>
  account(name, {
    session: { ...account(name).session, checks: [...account(name).session.checks, ...checks] },
    ...change,
  })
export const byPasskey = (name: string, passkey: Omit<Check, 'factor' | 'at'>, ...more: SecondFactor[]) =>
  account(name, {
    session: { ...account(name).session, checks: [{ factor: 'passkey', at: NOW - 60_000, ...passkey }] },
    factors: { ...held(...more), passkeys: 1 },
  })
export const forced: LoginPolicy = { ...QUIET_POLICY, forceSecondFactor: 'always' }
export const trusting: LoginPolicy = { ...QUIET_POLICY, trustedDeviceLifetime: 30 * 86_400 }
/** Ann, who holds an app and the codes for when it is lost, where browsers may be trusted. */
export const app = held('totp', 'recovery_code')
export const ann = (change: Partial<AccountFacts> = {}) => account('ann', { policy: trusting, factors: app, ...change })
export const offering: LoginPolicy = { ...QUIET_POLICY, enrollmentSkipLifetime: 1_000 }

/** Ann made an account or reset her password a moment ago, in a browser that keeps passkeys. */
export const toAnn = { passkeyOfferTo: 'usr_ann' as UserId }

export type Row = [sentence: string, situation: LoginFacts, step: Record<string, unknown>]

/** A table of sentences: what is so, and the step that the rules demand then. */
export const demand = (rows: Row[]) =>
  test.each(rows)('%s', (_sentence, situation, step) => {
    expect(nextStep(situation)).toMatchObject(step)
  })

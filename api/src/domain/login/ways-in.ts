import type { FirstFactor, SecondFactor, SecondMethod } from '@vestibule/shared/factors.ts'
import type { Loss } from '@vestibule/shared/what-if.ts'
import type { Check } from '../session.ts'
import type { AccountFacts, HeldFactors, LoginFacts } from './facts.ts'
import { nextStep } from './next-step.ts'
import { heldMethods } from './second-factor.ts'

/** What somebody shows to come in: the first proof, and the second one where it is asked for. */
export type Way = { first: FirstFactor; second: SecondMethod | null }

/** What is asked of somebody who signs in at an application that asks for nothing special. */
const PLAIN = { prompts: new Set<never>(), maxAge: null, requiredAssurance: null, organizationId: null, subject: null }

/** Where the proofs are enough: whatever comes after them keeps nobody out who is there. */
const IN: ReadonlySet<string> = new Set(['complete', 'enroll_second_factor', 'change_password', 'deletion_planned'])

/**
 * Every way in that this person has, as the rules of the login decide: each is walked with its proofs made now. What is lost is still
 * asked for, and can not be shown.
 */
export function waysIn(account: AccountFacts, now: number, lost: readonly SecondMethod[] = []): Way[] {
  const { policy, password, factors } = account
  // of several passkeys, or keys, one is lost
  const isThere = (method: SecondMethod) => !lost.includes(method) || countOf(method, factors) > 1
  const seconds = heldMethods(account).filter(isThere)
  const firsts: FirstFactor[] = []
  if (seconds.includes('passkey')) firsts.push('passkey')
  if (policy.allowPassword && password) firsts.push('password')
  return firsts.flatMap((first): Way[] => {
    if (opens(account, now, [first])) return [{ first, second: null }]
    const fitting = seconds.filter((second) => second !== first && opens(account, now, [first, second]))
    return fitting.map((second) => ({ first, second }))
  })
}

const countOf = (method: SecondMethod, { passkeys, securityKeys }: HeldFactors): number =>
  method === 'passkey' ? passkeys : method === 'security_key' ? securityKeys : 1

function opens(account: AccountFacts, now: number, shown: readonly (FirstFactor | SecondMethod)[]): boolean {
  const checks = shown.map((factor): Check => ({ factor, at: now, userVerified: true }))
  const session = { ...account.session, checks, endedAt: null, createdAt: now, lastUsedAt: now, expiresAt: now + 1 }
  const facts: LoginFacts = {
    now,
    request: { ...PLAIN, createdAt: now, loginHint: null, isOwn: false, isForDevice: false, isAtHome: false },
    accounts: [{ ...account, session }],
    trusted: [],
    typed: null,
    lockedUntil: null,
    chosen: session.id,
    freshAccount: false,
    atPicker: false,
    ceremony: null,
    resetIsProven: false,
    passkeyOfferTo: null,
    registrationIsOpen: false,
    consent: { required: () => false, given: false },
  }
  return IN.has(nextStep(facts).kind)
}

/** What goes with a thing. A phone is where a passkey may be too. */
const GONE: Record<Loss, readonly SecondMethod[]> = {
  phone: ['passkey', 'totp', 'sms_code'],
  key: ['passkey', 'security_key'],
  mailbox: ['email_code'],
}

/** One thing that would help, as it would be held then. */
const HELP = {
  recovery_code: (held: HeldFactors) => ({ ...held, second: [...held.second, 'recovery_code' as const] }),
  passkey: (held: HeldFactors) => ({ ...held, passkeys: held.passkeys + 1 }),
  totp: (held: HeldFactors) => ({ ...held, second: [...held.second, 'totp' as const] }),
  security_key: (held: HeldFactors) => ({
    ...held,
    securityKeys: held.securityKeys + 1,
    second: [...held.second, 'security_key' as const],
  }),
} satisfies Partial<Record<SecondMethod, (held: HeldFactors) => HeldFactors>>
export type Help = keyof typeof HELP

/** What would be gone with a thing, the ways that would stay open, and, where none would, the one step that changes that. */
export type WhatIf = { loss: Loss; gone: SecondMethod[]; ways: Way[]; help: Help | null }

/** For each thing that holds something of this person: what if it were lost? */
export function whatIf(account: AccountFacts, now: number): WhatIf[] {
  const held = heldMethods(account)
  const losses = (Object.keys(GONE) as Loss[]).map((loss) => {
    const gone = held.filter((method) => GONE[loss].includes(method))
    const ways = waysIn(account, now, gone)
    return { loss, gone, ways, help: ways.length > 0 ? null : helpFor(account, now, gone) }
  })
  return losses.filter(({ gone }) => gone.length > 0)
}

/** What is set up besides is not lost, unless it is one more of the same that is on the same thing. */
function helpFor(account: AccountFacts, now: number, gone: readonly SecondMethod[]): Help | null {
  const isAllowed = (help: Help) =>
    help === 'passkey' ? account.policy.allowPasskey : account.policy.secondFactors.includes(help as SecondFactor)
  const helps = (help: Help) => {
    const isSeveral = help === 'passkey' || help === 'security_key'
    const lost = isSeveral ? gone : gone.filter((method) => method !== help)
    return waysIn({ ...account, factors: HELP[help](account.factors) }, now, lost).length > 0
  }
  return (Object.keys(HELP) as Help[]).find((help) => isAllowed(help) && helps(help)) ?? null
}

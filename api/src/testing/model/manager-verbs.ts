import type { LoginPolicy } from '@vestibule/shared/policy.ts'
import { goHome } from './account-verbs.ts'
import type { Organization } from './cast.ts'
import { open, type Verb } from './login-verbs.ts'
import { lookHome, pick } from './play.ts'
import type { Stage } from './stage.ts'

const MINUTE = 60
const ALL = ['totp', 'security_key', 'email_code', 'sms_code', 'recovery_code'] as const

/** What managers may think of, one after the other and in the middle of everything. */
const CHANGES: readonly Partial<LoginPolicy>[] = [
  { forceSecondFactor: 'always' },
  { forceSecondFactor: 'never' },
  { trustedDeviceLifetime: 0 },
  { trustedDeviceLifetime: 100 * MINUTE },
  { passwordCheckLifetime: 5 * MINUTE },
  { passwordCheckLifetime: 60 * MINUTE },
  { secondFactorCheckLifetime: 5 * MINUTE },
  { secondFactorCheckLifetime: 20 * MINUTE },
  { passkeyCheckLifetime: 5 * MINUTE },
  { allowPasskey: false },
  { allowPasskey: true },
  { secondFactors: ['totp', 'recovery_code'] },
  { secondFactors: ['security_key', 'email_code'] },
  { secondFactors: [...ALL] },
  { enrollmentSkipLifetime: 0 },
]

/** Something less that counts. */
const FEWER: readonly Partial<LoginPolicy>[] = [
  { allowPasskey: false },
  { trustedDeviceLifetime: 0, passkeyCheckLifetime: 5 * MINUTE },
  { secondFactors: ['recovery_code'] },
]

/** The rules of an organization change while people are on their way. They count from that moment on. */
export const MANAGER_VERBS = {
  changeRules: (stage, { a, b }) => rule(stage, pick(stage.people, a)!.organization, pick(CHANGES, b)!),
  /** What somebody in this browser showed does not count any more: what was open by it is closed, unless something else opens it. */
  ruleOut: async (stage, choice) => {
    const { browser, a, b } = choice
    const person = await goHome(stage, browser)
    if (!person) return
    await rule(stage, person.organization, pick(FEWER, b)!)
    await lookHome(stage, browser)
    await open(stage, browser, {}, pick(stage.applications, a)!)
    await rule(stage, person.organization, { allowPasskey: true, secondFactors: [...ALL] })
  },
} satisfies Record<string, Verb>

export async function rule({ world, story, seen }: Stage, organization: Organization, change: Partial<LoginPolicy>) {
  organization.policy = { ...organization.policy, ...change }
  await world.setPolicy('login', organization.policy, organization.name)
  const { policy } = organization
  organization.isForced = policy.forceSecondFactor === 'always'
  organization.trustLifetime = policy.trustedDeviceLifetime! * 1000
  organization.checkLifetime = policy.passwordCheckLifetime! * 1000
  organization.secondLifetime = policy.secondFactorCheckLifetime! * 1000
  organization.passkeyLifetime = policy.passkeyCheckLifetime! * 1000
  const counts: readonly string[] = policy.secondFactors ?? ALL
  organization.off = new Set(ALL.filter((factor) => !counts.includes(factor)) as string[])
  if (policy.allowPasskey === false) organization.off.add('passkey')
  story.push(`${organization.name} wants ${JSON.stringify(change)}`)
  seen('rules changed')
}

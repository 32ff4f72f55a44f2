import fc from 'fast-check'
import { ACCOUNT_VERBS } from './account-verbs.ts'
import { CONTACT_VERBS } from './contact-verbs.ts'
import { DEVICE_VERBS } from './device-verbs.ts'
import { FACTOR_VERBS } from './factor-verbs.ts'
import { LATE_VERBS } from './late-verbs.ts'
import { LETTER_VERBS } from './letter-verbs.ts'
import { LOGIN_VERBS, type Verb } from './login-verbs.ts'
import { MANAGER_VERBS } from './manager-verbs.ts'
import { Bypass } from './must.ts'
import { NATIVE_VERBS } from './native-verbs.ts'
import { OPERATOR_VERBS } from './operator-verbs.ts'
import { OWN_FACTOR_VERBS } from './own-factor-verbs.ts'
import { PASSKEY_VERBS } from './passkey-verbs.ts'
import type { Choice } from './play.ts'
import { REGISTRATION_VERBS } from './registration-verbs.ts'
import { type Stage, setStage, type Tamper } from './stage.ts'
import { TOKEN_VERBS } from './token-verbs.ts'
import { WAY_BACK_VERBS } from './way-back-verbs.ts'

const VERBS: Record<string, Verb> = {
  ...LOGIN_VERBS,
  ...WAY_BACK_VERBS,
  ...ACCOUNT_VERBS,
  ...TOKEN_VERBS,
  ...OPERATOR_VERBS,
  ...NATIVE_VERBS,
  ...FACTOR_VERBS,
  ...OWN_FACTOR_VERBS,
  ...CONTACT_VERBS,
  ...PASSKEY_VERBS,
  ...REGISTRATION_VERBS,
  ...LETTER_VERBS,
  ...LATE_VERBS,
  ...MANAGER_VERBS,
  ...DEVICE_VERBS,
}

/** What people do most is done most here. */
const OFTEN = Object.entries({
  signIn: 7,
  identify: 2,
  password: 3,
  consent: 4,
  finish: 1,
  recover: 3,
  redeem: 5,
  refresh: 3,
  userinfo: 3,
  home: 3,
  wait: 3,
  setState: 1,
  replace: 3,
  signOutHere: 3,
  moveIn: 4,
  byPasskey: 4,
  app: 3,
  lostPhone: 3,
  comeAgain: 5,
  lateLink: 2,
  lateCode: 2,
  lateTrust: 4,
  latePasskey: 2,
  wrongAccount: 3,
  resetByLink: 3,
  ruleOut: 3,
}).flatMap(([verb, times]) => Array.from({ length: times }, () => verb))

type Action = Choice & { verb: string }

const actions = fc.array(
  fc.record({
    verb: fc.constantFrom(...Object.keys(VERBS), ...OFTEN),
    browser: fc.constantFrom(0, 0, 0, 1, 1, 2),
    a: fc.nat(59),
    b: fc.nat(59),
    c: fc.nat(59),
  }),
  { minLength: 15, maxLength: 60, size: 'max' },
)

type Options = { seed: number; runs: number; seen?: Stage['seen']; tamper?: Tamper; isShortened?: boolean }

/** What every run of the usual length meets; a story in which nothing happens proves nothing. */
export const MEETS = [
  'password',
  'picked',
  'consent',
  'code',
  'code without a page',
  'tokens',
  'refreshed',
  'userinfo',
  'registered',
  'reset',
  'reset by a link',
  'replaced',
  'own password',
  'home',
  'changed',
  'sessions ended',
  'signed out',
  'leaving',
  'stolen',
  'native code',
  'app set up',
  'totp',
  'recovery_code',
  'email_code',
  'security_key',
  'passkey made',
  'passkey',
  'passkey removed',
  'factor removed',
  'trusted',
  'aal2',
  'phr',
  'sms_code',
  'set up at home',
  'rehearsed',
  'moved',
  'registered by passkey',
  'passkey offered',
  'passkey by link',
  'device',
  'rules changed',
  'not me',
]

/**
 * Plays random stories and has the oracle judge each. Null where nothing was found; otherwise what should not have been possible, with the
 * shortest story that leads there.
 */
export async function findBypass({ seed, runs, seen = () => undefined, tamper, isShortened = true }: Options) {
  const property = fc.asyncProperty(actions, (list) => play(list, seen, tamper))
  const { failed, errorInstance, counterexample, numRuns } = await fc.check(property, {
    seed,
    numRuns: runs,
    endOnFailure: !isShortened,
  })
  if (!failed) return null
  return { error: errorInstance as Error, actions: counterexample?.[0] ?? [], runs: numRuns }
}

async function play(list: readonly Action[], seen: Stage['seen'], tamper?: Tamper): Promise<void> {
  const stage = await setStage(seen, tamper)
  try {
    for (const { verb, ...choice } of list) {
      stage.world.clock.advance(1)
      await VERBS[verb]!(stage, choice)
    }
  } catch (error) {
    if (error instanceof Bypass) error.message += `\n${stage.story.join('\n')}`
    throw error
  } finally {
    await stage.world.close()
  }
}

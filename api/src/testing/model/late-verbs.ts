import { ACCOUNT_VERBS } from './account-verbs.ts'
import type { Person } from './cast.ts'
import { comeHome } from './come-home.ts'
import { CONTACT_VERBS } from './contact-verbs.ts'
import { FACTOR_VERBS } from './factor-verbs.ts'
import { goThrough } from './go-through.ts'
import { enterPassword, identify, open, type Verb } from './login-verbs.ts'
import { rule } from './manager-verbs.ts'
import { makePasskey, showPasskey } from './passkey-steps.ts'
import { PASSKEY_VERBS } from './passkey-verbs.ts'
import { type Choice, pick } from './play.ts'
import type { Stage } from './stage.ts'
import { WAY_BACK_VERBS } from './way-back-verbs.ts'

/** The reason goes away: another password, another address, a session that is over, an account that a stranger was in. Or it stays. */
async function goAway(stage: Stage, choice: Choice): Promise<void> {
  const stays: Verb = async () => undefined
  const { ownPassword, signOut, intruder } = ACCOUNT_VERBS
  const away = [ownPassword, signOut, CONTACT_VERBS.move, intruder, stays] as const
  stage.world.clock.advance(1)
  await pick(away, choice.b)!(stage, { ...choice, a: 1, c: 1 })
}

/** What was sent lies somewhere while its reason goes away, and is tried afterwards. */
export const LATE_VERBS = {
  lateLink: async (stage, choice) => {
    await PASSKEY_VERBS.linkDevice(stage, choice)
    await goAway(stage, choice)
    await PASSKEY_VERBS.followLink(stage, { ...choice, c: 1 })
  },
  lateCode: async (stage, choice) => {
    const person = await comeHome(stage, choice)
    const elsewhere = (choice.browser + 1) % stage.browsers.length
    const request = person && (await open(stage, elsewhere, { prompts: ['login'] }, stage.applications[0]!))
    if (!person || !request) return
    const there = { ...choice, browser: elsewhere, c: 1 }
    await identify(stage, elsewhere, request, person.loginName)
    await WAY_BACK_VERBS.reset(stage, there)
    await goAway(stage, choice)
    await WAY_BACK_VERBS.resetCode(stage, there)
    await WAY_BACK_VERBS.newPassword(stage, there)
  },
  /** Somebody comes again to a browser that is trusted with them, after what that trust rested on is gone. */
  lateTrust: async (stage, choice) => {
    if (stage.spared.length === 0) await beTrusted(stage, choice)
    const spared = pick(stage.spared, choice.a)
    if (!spared) return
    const { person, browser } = spared
    const rules = person.organization.policy
    if (choice.b % 2 === 0) await rule(stage, person.organization, { trustedDeviceLifetime: 0 })
    else await renew(stage, { ...choice, browser: (browser + 1) % stage.browsers.length, c: 1 }, person)
    stage.world.clock.advance(1)
    const request = await open(stage, browser, { prompts: ['select_account'] }, stage.applications[0]!)
    if (request) {
      await identify(stage, browser, request, person.loginName)
      await enterPassword(stage, browser, request, person.password)
    }
    await rule(stage, person.organization, rules)
  },
  latePasskey: async (stage, choice) => {
    const person = await comeHome(stage, choice)
    if (!person) return
    await makePasskey(stage, choice.browser, person)
    const newest = stage.passkeys.at(-1)
    if (newest?.owner !== person.id) return
    await FACTOR_VERBS.removePasskey(stage, { ...choice, a: stage.passkeys.length - 1 })
    const request = await open(stage, choice.browser, { prompts: ['login'] }, stage.applications[0]!)
    if (request) await showPasskey(stage, request, newest, { ...choice, c: 2 })
  },
  /** An application asks for one person in a browser where another one is signed in. */
  wrongAccount: async (stage, choice) => {
    const hint = stage.people.findIndex((one) =>
      stage.ledger.all.some(({ person, idToken }) => idToken && person === one),
    )
    const other = stage.people[1 - hint]
    if (hint < 0 || !other) return
    const request = await open(stage, choice.browser, { prompts: ['login'] }, stage.applications[0]!)
    if (!request) return
    await identify(stage, choice.browser, request, other.loginName)
    await goThrough(stage, request, await enterPassword(stage, choice.browser, request, other.password), choice)
    await open(stage, choice.browser, { hint }, stage.applications[choice.a % 2]!)
  },
} satisfies Record<string, Verb>

/** Somebody sets an app up in one browser, and has another one trusted by it. */
async function beTrusted(stage: Stage, choice: Choice): Promise<void> {
  const { loginName, password } = stage.people[0]!
  for (const browser of [choice.browser, (choice.browser + 1) % stage.browsers.length]) {
    stage.world.clock.advance(40)
    const request = await open(stage, browser, { prompts: ['select_account'] }, stage.applications[0]!)
    if (!request) return
    await identify(stage, browser, request, loginName)
    const answer = await enterPassword(stage, browser, request, password)
    await goThrough(stage, request, answer, { ...choice, a: 0, b: 5, c: 1 })
  }
}

/** Another password, by a code that was sent. */
async function renew(stage: Stage, choice: Choice, { loginName }: Person): Promise<void> {
  const request = await open(stage, choice.browser, { prompts: ['login'] }, stage.applications[0]!)
  if (!request) return
  await identify(stage, choice.browser, request, loginName)
  await WAY_BACK_VERBS.reset(stage, choice)
  await WAY_BACK_VERBS.resetCode(stage, choice)
  await WAY_BACK_VERBS.newPassword(stage, choice)
}

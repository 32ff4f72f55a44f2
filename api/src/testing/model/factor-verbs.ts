import { goHome, mustStay } from './account-verbs.ts'
import { STEP_UP } from './cast.ts'
import { comeHome } from './come-home.ts'
import {
  appCode,
  enterApp,
  enterCode,
  enterRecoveryCode,
  keepCodes,
  personAt,
  sendCode,
  sentCode,
  setUpApp,
  skip,
} from './factor-steps.ts'
import { setUpKey, showKey } from './key-steps.ts'
import { enterPassword, identify, open, requestOf, type Verb, WISHES } from './login-verbs.ts'
import { makePasskey, showPasskey } from './passkey-steps.ts'
import { call, isWild, pick } from './play.ts'

/** Whose is shown; where chance is wild that of anybody. */
const ownerOf = (...[stage, choice]: Parameters<Verb>) => {
  const last = stage.requests.findLast(({ browser }) => browser === choice.browser)
  return isWild(choice) || !last ? pick(stage.people, choice.a) : personAt(stage, last)
}

/** Second factors and passkeys: made, shown, lost, and shown by those who should not have them. */
export const FACTOR_VERBS = {
  setUpApp: async (stage, choice) => {
    const request = await requestOf(stage, choice)
    if (request) await setUpApp(stage, request, choice.a % 5 === 0)
  },
  keepCodes: async (stage, choice) => {
    const request = await requestOf(stage, choice)
    if (request) await keepCodes(stage, request)
  },
  skipSetUp: async (stage, choice) => {
    const request = await requestOf(stage, choice)
    if (request) await skip(stage, request)
  },
  app: async (stage, choice) => {
    const request = await requestOf(stage, choice)
    if (request) await enterApp(stage, request, appCode(stage, ownerOf(stage, choice), choice), choice.b % 2 === 0)
  },
  recoveryCode: async (stage, choice) => {
    const request = await requestOf(stage, choice)
    const codes = [...(ownerOf(stage, choice)?.holds.recovery ?? [])]
    const code = choice.c % 3 === 0 ? stage.burned.at(-1) : pick(codes, choice.b)
    if (!request || !code) return
    await enterRecoveryCode(stage, request, code)
    stage.burned.push(code)
  },
  /** Somebody comes without the phone, and has their codes; or somebody else has one that was used. */
  lostPhone: async (stage, choice) => {
    const holders = stage.people.filter(({ holds }) => holds.recovery.size > 0)
    const person = pick(holders, choice.a)
    if (!person) return
    const request = await open(stage, choice.browser, { prompts: ['login'] }, pick(stage.applications, choice.b)!)
    if (!request) return
    await identify(stage, choice.browser, request, person.loginName)
    await enterPassword(stage, choice.browser, request, person.password)
    const code = choice.c % 2 === 0 ? stage.burned.at(-1) : [...person.holds.recovery][0]
    if (!code) return
    await enterRecoveryCode(stage, request, code)
    stage.burned.push(code)
  },
  /** Somebody comes again who once was spared the second proof, in that browser or in another one. */
  comeAgain: async (stage, choice) => {
    const person = pick(stage.spared, choice.a)?.person
    const request =
      person && (await open(stage, choice.browser, { prompts: ['select_account'] }, stage.applications[0]!))
    if (!person || !request) return
    await identify(stage, choice.browser, request, person.loginName)
    await enterPassword(stage, choice.browser, request, person.password)
  },
  sentCode: async (stage, choice) => {
    const request = await requestOf(stage, choice)
    if (!request) return
    const method = choice.b % 3 === 0 ? 'sms_code' : 'email_code'
    if (choice.a % 2 === 0) await sendCode(stage, request, method)
    const codes = stage.mail.all.filter(({ opens }) => opens === 'login_code')
    const code = choice.c % 3 === 0 ? pick(codes, choice.b)?.code : sentCode(stage, request)
    await enterCode(stage, request, method, code ?? '000000')
  },
  passkey: async (stage, choice) => {
    const request = await requestOf(stage, choice)
    const said = request && personAt(stage, request)?.id
    const own = stage.passkeys.filter(({ owner }) => owner === said)
    const passkey = pick(choice.c % 3 === 0 || own.length === 0 ? stage.passkeys : own, choice.b)
    if (request && passkey) await showPasskey(stage, request, passkey, choice)
  },
  setUpKey: async (stage, choice) => {
    const request = await requestOf(stage, choice)
    if (request) await setUpKey(stage, request)
  },
  key: async (stage, choice) => {
    const request = await requestOf(stage, choice)
    const said = request && personAt(stage, request)?.id
    const own = stage.keys.filter(({ owner }) => owner === said)
    const key = pick(choice.c % 3 === 0 || own.length === 0 ? stage.keys : own, choice.b)
    if (request && key) await showKey(stage, request, key, choice)
  },
  makePasskey: async (stage, { browser }) => {
    const person = await goHome(stage, browser)
    if (person) await makePasskey(stage, browser, person)
  },
  /** Somebody signs in at their account pages, and makes a passkey there. */
  moveIn: async (stage, choice) => {
    const person = await comeHome(stage, choice)
    if (person) await makePasskey(stage, choice.browser, person)
  },
  /** An application sends somebody here, who has a passkey. */
  byPasskey: async (stage, choice) => {
    const passkey = pick(stage.passkeys, choice.a)
    const request =
      passkey && (await open(stage, choice.browser, pick(WISHES, choice.c)!, pick(stage.applications, choice.b)!))
    if (passkey && request) await showPasskey(stage, request, passkey, choice)
  },
  removePasskey: async (stage, { browser, a }) => {
    const person = await goHome(stage, browser)
    const passkey = pick(stage.passkeys, a)
    if (!passkey) return
    const { status } = await call(stage, browser, '/api/me/passkeys/remove', { id: passkey.id })
    if (status !== 200) return
    mustStay(person, 'a passkey is removed')
    stage.oracle.mustBeAtHome(browser, passkey.owner, STEP_UP)
    person.holds.passkeys.delete(passkey.credential)
    stage.oracle.distrusted(person.id)
    stage.seen('passkey removed')
  },
  removeFactor: async (stage, { browser, a }) => {
    const person = await goHome(stage, browser)
    const { body } = await call(stage, browser, '/api/me/factors')
    const factor = pick((body as { factors?: { id: string; type: string }[] }).factors ?? [], a)
    if (!factor) return
    const { status } = await call(stage, browser, '/api/me/factors/remove', { id: factor.id })
    if (status !== 200) return
    mustStay(person, 'a factor is removed')
    stage.oracle.mustBeAtHome(browser, person.id, STEP_UP)
    const { holds } = person
    holds.apps = holds.apps.filter(({ id }) => id !== factor.id)
    for (const [credential, id] of holds.keys) if (id === factor.id) holds.keys.delete(credential)
    if (factor.type === 'email_code' || factor.type === 'sms_code') holds.codes.delete(factor.type)
    stage.oracle.distrusted(person.id)
    stage.seen('factor removed')
  },
  renewCodes: async (stage, { browser }) => {
    const person = await goHome(stage, browser)
    const { status, body } = await call(stage, browser, '/api/me/recovery-codes', {})
    if (status !== 200) return
    mustStay(person, 'recovery codes are made')
    stage.oracle.mustBeAtHome(browser, person.id, STEP_UP)
    stage.burned.push(...[...person.holds.recovery].slice(-1))
    person.holds.recovery = new Set((body as { newCodes: string[] }).newCodes)
  },
} satisfies Record<string, Verb>

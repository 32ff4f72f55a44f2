import type { CreationOptions } from '@vestibule/shared/contract/webauthn.ts'
import { goHome, mustStay } from './account-verbs.ts'
import { STEP_UP } from './cast.ts'
import { comeHome } from './come-home.ts'
import { identify, open, requestOf, type Verb } from './login-verbs.ts'
import { must } from './must.ts'
import { created, declineOffered, keepPasskey, makeOffered } from './offered-passkey.ts'
import { act, call, pick, provenNow, settle } from './play.ts'

/** How long a link waits. Milliseconds. */
const LINK = 600_000

/** Passkeys that are made elsewhere than at the account pages: offered, by a link, by the browser itself. */
export const PASSKEY_VERBS = {
  takeOffer: async (stage, choice) => {
    const request = await requestOf(stage, choice)
    if (request) await (choice.a % 4 === 0 ? declineOffered(stage, request) : makeOffered(stage, request))
  },
  linkDevice: async (stage, choice) => {
    const { browser } = choice
    const person = await comeHome(stage, choice)
    const { status, body } = await call(stage, browser, '/api/me/passkeys/link', {})
    if (status !== 200) return
    mustStay(person, 'a link for another device is made')
    stage.oracle.mustBeAtHome(browser, person.id, STEP_UP)
    stage.oracle.mustBeFit(browser, person.id, null)
    const [newest] = stage.oracle.standing(browser, person.id).toSorted((one, other) => other.at - one.at)
    for (const link of stage.links) if (link.owner === person) link.isDead = true
    const token = (body as { link: string }).link.split('#')[1]!
    stage.links.push({ owner: person, session: newest!.session, token, at: stage.world.clock.now(), isDead: false })
  },
  unlinkDevice: async (stage, { browser }) => {
    const person = await goHome(stage, browser)
    const { status } = await call(stage, browser, '/api/me/passkeys/link/cancel', {})
    if (status !== 200) return
    mustStay(person, 'a link is taken back')
    for (const link of stage.links) if (link.owner === person) link.isDead = true
  },
  /** Another device, or whoever found the link. */
  followLink: async (stage, { browser, a, c }) => {
    const link = c % 3 === 0 ? pick(stage.links, a) : stage.links.at(-1)
    if (!link) return
    const { owner, token } = link
    const asked = await call(stage, browser, '/api/passkey-link/options', { token })
    if (asked.status !== 200) return
    const { device, credential } = created(asked.body)
    const { status, body } = await call(stage, browser, '/api/passkey-link', { token, credential })
    if (status !== 200) return
    must(!link.isDead, 'a link made a passkey that was used, taken back, or whose reason is gone')
    must(stage.world.clock.now() - link.at < LINK, 'a link made a passkey after its end')
    must(owner.state === 'active' && !owner.isLeaving, 'a link made a passkey for somebody who may not come in')
    must(!stage.oracle.hasEnded(link.session), 'a link made a passkey after the session that it comes of')
    must(body.loginName === owner.loginName, 'a link names somebody else')
    link.isDead = true
    keepPasskey(stage, owner, credential.id, 'unknown', device)
    stage.seen('passkey by link')
  },
  /** Somebody comes by a password, in a browser that makes passkeys by itself. */
  upgrade: async (stage, choice) => {
    const { browser } = choice
    const person = pick(stage.people, choice.a)!
    const request = await open(stage, browser, { prompts: ['login'] }, pick(stage.applications, choice.b)!)
    if (!request) return
    await identify(stage, browser, request, person.loginName)
    const body = { password: person.password, createsPasskeys: true }
    const answer = await act(stage, browser, request, 'password', body)
    const proven = answer && (await provenNow(stage))
    if (!answer || !proven) return
    stage.oracle.proved({ browser, ...proven }, person.password)
    request.said = proven.person
    await settle(stage, request, answer)
    const { upgrade } = answer.step as { upgrade?: { session: string; options: CreationOptions } }
    if (!upgrade) return
    const { device, credential } = created({ options: upgrade.options }, { userPresent: false, userVerified: false })
    const elsewhere = choice.c % 4 === 0 ? (browser + 1) % 3 : browser
    const made = await call(stage, elsewhere, '/api/passkey-upgrade', { session: upgrade.session, credential })
    if (made.status !== 200) return
    must(elsewhere === browser, 'a browser made a passkey for the login of another one')
    stage.oracle.mustBeFit(browser, person.id, null)
    keepPasskey(stage, person, credential.id, 'unknown', device)
    stage.seen('passkey by itself')
  },
} satisfies Record<string, Verb>

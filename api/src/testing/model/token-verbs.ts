import { pageOf } from '../browser.ts'
import { postForm, redeem, tokenRequest, userinfoRequest } from '../relying-party.ts'
import type { Grant } from './grants.ts'
import type { Verb } from './login-verbs.ts'
import { must } from './must.ts'
import { type Choice, call, isWild, pick } from './play.ts'
import type { Proof } from './proofs.ts'
import type { Stage } from './stage.ts'

type Issued = { access_token: string; refresh_token?: string; id_token?: string }

/** The last grant, or where chance is wild anyone. */
const grantOf = ({ ledger: { all } }: Stage, choice: Choice): Grant | undefined =>
  isWild(choice) ? pick(all, choice.a) : all.at(-1)

const asWhom = (stage: Stage, { application }: Grant, { c, b }: Choice) =>
  c % 5 === 0 ? pick(stage.applications, b)! : application

async function keep(stage: Stage, grant: Grant, response: Response): Promise<void> {
  const { access_token, refresh_token, id_token } = (await response.json()) as Issued
  grant.access.push({ token: access_token, at: stage.world.clock.now() })
  if (refresh_token) grant.refresh.push(refresh_token)
  if (!id_token) return
  grant.idToken = id_token
  mustBeTrue(grant, JSON.parse(Buffer.from(id_token.split('.')[1]!, 'base64url').toString()) as Claims)
}

type Claims = { sub: string; acr: string; auth_time: number; amr: string[] }

/** What each word of `amr` (RFC 8176) needs to have been shown; `mfa` more than one thing, or one that is two. */
const WORDS: Record<string, readonly Proof['factor'][]> = {
  pwd: ['password'],
  otp: ['totp', 'email_code', 'sms_code', 'recovery_code'],
  email: ['email_code'],
  sms: ['sms_code'],
  pop: ['passkey', 'security_key'],
  user: ['passkey', 'security_key'],
}

/** An ID token says no more than was seen. */
function mustBeTrue({ person, acr, authTime, factors }: Grant, claims: Claims): void {
  must(claims.sub === person.id, 'an ID token names somebody else')
  must(claims.acr === acr, `an ID token claims ${claims.acr}, and the code was for ${acr}`)
  must(claims.auth_time === Math.floor(authTime / 1000), 'an ID token tells another time of the proof')
  for (const word of claims.amr) {
    const isShown =
      word === 'mfa'
        ? factors.length > 1 || factors.includes('passkey')
        : WORDS[word]?.some((one) => factors.includes(one))
    must(isShown, `an ID token claims ${word}, and nobody showed it`)
  }
}

const note = ({ story }: Stage, what: string, { status }: Response): void => {
  story.push(`${what} -> ${status}`)
  must(status < 500, `${what} was answered ${status}`)
}

async function redeemAs(stage: Stage, choice: Choice, grant: Grant): Promise<void> {
  const by = asWhom(stage, grant, choice)
  const isRight = choice.b % 7 !== 0
  const redirect: Record<string, string> = isRight ? {} : { redirect_uri: 'https://rp.test/other' }
  const response = await redeem(served(stage), by.clientId, grant.code, redirect)
  note(stage, `${by.clientId} redeems the code of ${grant.application.clientId}`, response)
  if (grant.application === stage.television) {
    must(response.status !== 200, 'the code of a device was taken for another kind of code')
    return
  }
  stage.ledger.redeemed(grant, by, isRight, response.status === 200)
  if (response.status !== 200) return
  await keep(stage, grant, response)
  stage.seen('tokens')
}

async function refreshAs(stage: Stage, choice: Choice, grant: Grant, token: string): Promise<void> {
  const by = asWhom(stage, grant, choice)
  const form = { grant_type: 'refresh_token', refresh_token: token }
  const response = await tokenRequest(served(stage), by.clientId, form)
  note(stage, `${by.clientId} refreshes`, response)
  stage.ledger.refreshed(grant, token, by, response.status === 200)
  if (response.status !== 200) return
  await keep(stage, grant, response)
  stage.seen('refreshed')
}

export const TOKEN_VERBS = {
  redeem: async (stage, choice) => {
    const grant = grantOf(stage, choice)
    if (grant) await redeemAs(stage, choice, grant)
  },
  refresh: async (stage, choice) => {
    const grant = grantOf(stage, choice)
    if (grant?.refresh.length === 0) await redeemAs(stage, choice, grant)
    const token = grant && (choice.c % 3 === 0 ? pick(grant.refresh, choice.b) : grant.refresh.at(-1))
    if (!grant || !token) return
    await refreshAs(stage, choice, grant, token)
    // a thief is as quick as a retry
    if (choice.a % 4 === 0) await refreshAs(stage, choice, grant, token)
  },
  userinfo: async (stage, choice) => {
    const grant = grantOf(stage, choice)
    const access = grant && pick(grant.access, choice.b)
    if (!grant || !access) return
    const response = await userinfoRequest(served(stage), access.token)
    note(stage, 'userinfo', response)
    if (response.status !== 200) return
    stage.ledger.used(grant, access.at)
    const { sub } = (await response.json()) as { sub: string }
    must(sub === grant.person.id, 'userinfo names somebody else')
    stage.seen('userinfo')
  },
  signOutHere: async (stage, choice) => {
    const grant = grantOf(stage, choice)
    if (!grant?.idToken) return
    const form = { id_token_hint: grant.idToken }
    const response = await postForm(served(stage), '/oidc/v1/end_session', form)
    note(stage, 'end_session', response)
    if (response.status >= 400) return
    stage.oracle.ended(grant.session)
    stage.ledger.endedWith(grant.session, true)
    stage.seen('signed out')
  },
  signOutAsked: async (stage, { browser }) => {
    const page = await pageOf(await stage.browsers[browser]!.get('/oidc/v1/end_session'))
    const request = page.kind === 'sign_out' ? page.signOut.request : null
    if (!request) return
    const { status } = await call(stage, browser, `/api/sign-out/${request}`, { session: 'all' })
    if (status !== 200) return
    for (const session of stage.oracle.everySession()) {
      if (session.browser !== browser) continue
      stage.oracle.ended(session.id)
      stage.ledger.endedWith(session.id, true)
    }
  },
} satisfies Record<string, Verb>

/** The world with the server of this run. */
const served = ({ world, app }: Stage) => ({ ...world, app })

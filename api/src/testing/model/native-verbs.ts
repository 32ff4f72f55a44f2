import { createProver } from '../proofs.ts'
import { newPkce, postForm } from '../relying-party.ts'
import { REDIRECT_URI } from '../world.ts'
import type { Request } from './cast.ts'
import { appCode, appTaken, personAt } from './factor-steps.ts'
import { blankRequest, identifyAs, type Verb } from './login-verbs.ts'
import { must } from './must.ts'
import { type Choice, isWild, leave, pick, provenNow } from './play.ts'
import type { Stage } from './stage.ts'

type Answer = {
  status: number
  error?: string
  next?: string
  can_skip?: boolean
  problem?: string
  auth_session?: string
  authorization_code?: string
}

/** What a first-party application says to us about one login, with its own key. To the oracle it is a browser of its own. */
export type Conversation = {
  request: Request
  prove: Awaited<ReturnType<typeof createProver>>['prove']
  /** Every auth session that it had; the last one is unused. */
  sessions: string[]
}

const CHALLENGE = '/oauth/v2/authorize-challenge'
/** Behind those of the stage. */
const FIRST_BROWSER = 100

async function send(
  stage: Stage,
  { prove }: Pick<Conversation, 'prove'>,
  form: Record<string, string>,
): Promise<Answer> {
  const headers = { dpop: await prove('POST', CHALLENGE) }
  const response = await postForm(
    { ...stage.world, app: stage.app },
    CHALLENGE,
    { client_id: 'game', ...form },
    headers,
  )
  const answer = { status: response.status, ...((await response.json()) as object) } as Answer
  stage.story.push(`native ${JSON.stringify(form)} -> ${answer.status} ${answer.error ?? 'a code'}`)
  must(answer.status < 500, `a native sign-in was answered ${answer.status}`)
  return answer
}

async function begin(stage: Stage): Promise<Conversation | undefined> {
  const { prove } = await createProver(stage.world)
  const request: Request = {
    ...blankRequest(stage, FIRST_BROWSER + stage.conversations.length),
    application: stage.game,
    scopes: ['openid'],
  }
  const asked = { code_challenge: newPkce().challenge, code_challenge_method: 'S256', redirect_uri: REDIRECT_URI }
  const { auth_session } = await send(stage, { prove }, { response_type: 'code', scope: 'openid', ...asked })
  if (!auth_session) return undefined
  const conversation = { request, prove, sessions: [auth_session] }
  stage.conversations.push(conversation)
  return conversation
}

/** Says something in a conversation; where chance is wild with an old auth session, or with the key of somebody else. */
async function say(stage: Stage, choice: Choice, conversation: Conversation, form: Record<string, string>) {
  const { request, sessions } = conversation
  const used = choice.c % 7 === 0 ? pick(sessions, choice.b)! : sessions.at(-1)!
  const by = choice.c % 9 === 0 ? pick(stage.conversations, choice.a)! : conversation
  const answer = await send(stage, by, { auth_session: used, ...form })
  if (answer.error === 'invalid_session') return null
  must(used === sessions.at(-1), 'an auth session works twice')
  must(by === conversation, 'an auth session works with another key')
  must(!request.isOver, 'a native sign-in goes on that is over')
  if (answer.auth_session) sessions.push(answer.auth_session)
  // its end, whatever it is
  else sessions.push('over')
  return answer
}

async function settle(stage: Stage, { request }: Conversation, { authorization_code: code }: Answer): Promise<void> {
  if (!code) return
  await leave(stage, request, new URL(`${REDIRECT_URI}?code=${code}`))
  stage.seen('native code')
}

async function enterPassword(stage: Stage, choice: Choice, conversation: Conversation, password: string) {
  const { request } = conversation
  const answer = await say(stage, choice, conversation, { password })
  if (!answer) return null
  const proven = await provenNow(stage)
  if (proven) {
    const { person, session } = proven
    must(request.said === person, 'the password of somebody else was asked for')
    stage.oracle.proved({ browser: request.browser, person, session }, password)
  }
  await settle(stage, conversation, answer)
  return answer
}

/** What is asked after the password: not set up here, or shown from the app. */
async function goThrough(stage: Stage, choice: Choice, conversation: Conversation, { next, can_skip }: Answer) {
  const { request } = conversation
  if (next === 'enroll_second_factor' && can_skip) {
    const answer = await say(stage, choice, conversation, { skip_enrollment: 'true' })
    if (answer) await settle(stage, conversation, answer)
  }
  if (next !== 'second_factor') return
  const code = appCode(stage, personAt(stage, request), choice)
  const answer = await say(stage, choice, conversation, { totp: code })
  if (!answer || answer.problem) return
  await appTaken(stage, request, code)
  await settle(stage, conversation, answer)
}

async function name(stage: Stage, choice: Choice, conversation: Conversation) {
  const { loginName } = pick(stage.people, choice.a)!
  const answer = await say(stage, choice, conversation, { identifier: loginName })
  if (!answer) return
  identifyAs(stage, conversation.request, loginName)
  await settle(stage, conversation, answer)
}

const current = ({ conversations }: Stage, choice: Choice): Conversation | undefined =>
  isWild(choice) ? pick(conversations, choice.b) : conversations.at(-1)

export const NATIVE_VERBS = {
  native: async (stage, choice) => {
    const conversation = await begin(stage)
    if (!conversation) return
    await name(stage, { ...choice, c: 1 }, conversation)
    const { password } = pick(stage.people, choice.a)!
    const typed = choice.c % 5 === 0 ? 'nothing of the kind' : password
    const answer = await enterPassword(stage, { ...choice, c: 1 }, conversation, typed)
    if (answer) await goThrough(stage, { ...choice, c: 1 }, conversation, answer)
  },
  nativeName: async (stage, choice) => {
    const conversation = current(stage, choice) ?? (await begin(stage))
    if (conversation) await name(stage, choice, conversation)
  },
  nativePassword: async (stage, choice) => {
    const conversation = current(stage, choice)
    if (conversation) await enterPassword(stage, choice, conversation, pick(stage.people, choice.b)!.password)
  },
} satisfies Record<string, Verb>

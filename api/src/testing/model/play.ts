import type { LoginAnswer } from '@vestibule/shared/login-step.ts'
import { eq } from 'drizzle-orm'
import { tokenHash } from '../../crypto/token.ts'
import { mailsOf } from '../registration.ts'
import { ISSUER } from '../world.ts'
import type { Person, Request } from './cast.ts'
import type { Grant } from './grants.ts'
import type { Opens } from './messages.ts'
import { must } from './must.ts'
import type { Proof } from './proofs.ts'
import type { Stage } from './stage.ts'

/** Numbers that chance chose; what they mean depends on what there is. */
export type Choice = { browser: number; a: number; b: number; c: number }

export type Answer = { status: number; body: Record<string, unknown>; location: string | null }

/** One of these, whatever the number. */
export const pick = <One>(list: readonly One[], number: number): One | undefined => list[number % list.length]

/** One choice in four does what no page would do. */
export const isWild = ({ c }: Choice): boolean => c % 4 === 0

/** A request to the product. A failure of its own is a finding: nothing may come of a bug. */
export async function call(
  stage: Stage,
  browser: number,
  path: string,
  body?: object,
  headers?: Record<string, string>,
): Promise<Answer> {
  const one = stage.browsers[browser]!
  const response = await (body === undefined ? one.get(path, headers) : one.post(path, body, headers))
  const type = response.headers.get('content-type') ?? ''
  const answer = {
    status: response.status,
    body: /json/.test(type) ? ((await response.json()) as Record<string, unknown>) : {},
    location: response.headers.get('location'),
  }
  noteHandle(stage, browser)
  stage.story.push(`browser ${browser} ${path} ${JSON.stringify(body ?? {})} -> ${answer.status} ${told(answer)}`)
  must(answer.status < 500, `${path} was answered ${answer.status}`)
  return answer
}

function told({ body, location }: Answer): string {
  const { step, code, error } = body as { step?: { kind: string }; code?: string; error?: string }
  return step?.kind ?? code ?? error ?? location ?? ''
}

const COOKIE = 'vestibule'

function noteHandle({ browsers, handles }: Stage, browser: number): void {
  const value = browsers[browser]!.jar.get(COOKIE)
  if (value && !handles.some((handle) => handle.value === value)) handles.push({ browser, value })
}

/** An action of a pending login. Out: what it was answered, or null where it was refused. */
export async function act(
  stage: Stage,
  browser: number,
  request: Request,
  action: string,
  body: object = {},
): Promise<Record<string, unknown> | null> {
  const { status, body: answer } = await call(stage, browser, `/api/login/${request.id}/${action}`, body)
  if (status !== 200) return null
  must(browser === request.browser, 'a request goes on in a browser that did not begin it')
  must(!request.isOver, 'a request goes on that is over')
  return answer
}

/** A button that says nothing else. Out: what it was answered, or null where it was refused. */
export async function press(stage: Stage, request: Request, action: string): Promise<Record<string, unknown> | null> {
  const answer = await act(stage, request.browser, request, action)
  if (answer) await settle(stage, request, answer)
  return answer
}

/** Where an answer of the login leads, once the oracle knows what was done. */
export async function settle(stage: Stage, request: Request, answer: Record<string, unknown>): Promise<void> {
  const { step } = answer as Partial<LoginAnswer>
  if (step?.kind === 'redirect') await leave(stage, request, new URL(step.redirect.to, ISSUER))
}

/** A login was left: with a code, which is judged, or with none. */
export async function leave(stage: Stage, request: Request, to: URL): Promise<void> {
  const code = to.searchParams.get('code')
  if (code) await judgeCode(stage, request, code)
  if (to.pathname === '/device/approved') await judgeDevice(stage, request)
  request.isOver = true
  if (request.application === null) await lookHome(stage, request.browser)
}

/** Whose account pages this browser shows, if anybody's: judged, and null where they are closed. */
export async function lookHome(stage: Stage, browser: number): Promise<Person | null> {
  const { status, body } = await call(stage, browser, '/api/me')
  if (status !== 200) return null
  const id = String(body.id)
  stage.oracle.mustBeAtHome(browser, id)
  stage.seen('home')
  return stage.oracle.personOf(id)
}

/** Whose a code is stands in the rows; whether it may be theirs is for the oracle to say. */
async function judgeCode(stage: Stage, request: Request, code: string): Promise<void> {
  const { db } = stage.world.deps
  const { authorizationCodes, grants } = db.tables
  const [row] = await db.query
    .select({ grant: grants })
    .from(authorizationCodes)
    .innerJoin(grants, eq(grants.id, authorizationCodes.grantId))
    .where(eq(authorizationCodes.codeHash, tokenHash(code)))
  must(row, 'a code that nothing stands behind')
  judge(stage, request, row.grant, code)
  stage.seen('code')
}

/** The same of a device that was just let in. */
async function judgeDevice(stage: Stage, request: Request): Promise<void> {
  const { db, clock } = stage.world.deps
  const rows = await db.query.select().from(db.tables.grants)
  const grant = rows.find(({ createdAt, sessionId }) => createdAt === clock.now() && sessionId !== null)
  const device = stage.devices.find((one) => one.request === request.id)
  must(grant && device, 'a device was let in, and nothing stands behind it')
  device.grant = judge(stage, request, grant, device.code)
}

type GrantRow = Stage['world']['deps']['db']['tables']['grants']['$inferSelect']

function judge(stage: Stage, request: Request, row: GrantRow, code: string): Grant {
  const { userId, sessionId, authTime, acr, scopes } = row
  must(userId && sessionId, 'a code that is nobody’s')
  const { factors } = stage.oracle.mustBeAllowed(request, userId, { authTime, acr })
  if (acr !== 'aal1') stage.seen(acr)
  const { application } = request
  must(application, 'our own pages were given a code')
  if (request.isAgreed) agree(request, userId)
  const person = stage.oracle.personOf(userId)
  const isOffline = scopes.includes('offline_access')
  return stage.ledger.issued({ application, person, session: sessionId, isOffline, code, authTime, acr, factors })
}

function agree({ application, scopes }: Request, id: string): void {
  if (!application) return
  const given = application.given.get(id) ?? new Set()
  for (const scope of scopes) given.add(scope)
  application.given.set(id, given)
}

/** Which session got a check of this factor at this very moment, whose it is, and of which credential: the clock moves before each action. */
export async function provenNow(
  { world }: Stage,
  factor: Proof['factor'] = 'password',
): Promise<{ session: string; person: string; credential: string } | null> {
  const { db, clock } = world.deps
  const rows = await db.query.select().from(db.tables.sessions)
  const [found] = rows.flatMap(({ id, userId, checks }) => {
    const check = checks.find(({ at, factor: of }) => at === clock.now() && of === factor)
    return check ? [{ session: id, person: userId, credential: check.credential ?? '' }] : []
  })
  return found ?? null
}

const OPENS: readonly string[] = [
  'verify_email',
  'reset_password',
  'login_code',
  'email_change_code',
  'verify_phone',
] satisfies Opens[]

/** What was sent to this person, and the links that they made, open nothing any more. */
export function outdated({ mail, links }: Stage, person: Person, codesToo = false): void {
  mail.voided(person, codesToo)
  for (const link of links) if (link.owner === person) link.isDead = true
}

/** Takes what was just sent out of the mailboxes and telephones. `owner`: whoever asked for it on their account pages. */
export async function readMail(stage: Stage, request: Request | string, owner: Person | null = null): Promise<void> {
  const { mail, people } = stage
  const mails = await mailsOf(stage.world)
  for (const { kind, recipient, values } of mails) {
    if (!OPENS.includes(kind)) continue
    const opens = kind as Opens
    const code = String(values.code)
    if (mail.all.some((sent) => sent.code === code && sent.opens === opens)) continue
    const token = opens === 'reset_password' ? String(values.link).split('#')[1]! : null
    const person =
      owner ?? people.find(({ loginName, phone }) => loginName === recipient || phone === recipient) ?? null
    mail.add({ opens, request, to: recipient, person, code, token })
    stage.seen(opens)
  }
}

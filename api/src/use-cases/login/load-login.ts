import { DEFAULT_LOGIN_POLICY } from '@vestibule/shared/policy.ts'
import { tokenHash } from '../../crypto/token.ts'
import type { AuthRequest, Deps, Device, Executor, KnownApplication, KnownUser } from '../../deps.ts'
import { domainOf } from '../../domain/identifier.ts'
import { type AuthRequestId, isId, type OrganizationId, type UserId } from '../../domain/ids.ts'
import { startAgain } from '../../domain/initiate-login.ts'
import { type LoginAction, permittedActions } from '../../domain/login/permitted-actions.ts'
import type { LoginStepKind } from '../../domain/login/steps.ts'
import { trustIn } from '../../domain/login/trusted-device.ts'
import { Problem } from '../../domain/problem.ts'
import { findLock, type Guessed } from '../guesses/count-guess.ts'
import { contextOf, type LoginContext, placeFor, trustedIn } from './context.ts'

/** A pending request of this browser with its step. */
export type PendingLogin = LoginContext & {
  request: AuthRequest
  device: Device
  /** The typed person as the database has them now; null for a name nobody has. */
  typedUser: KnownUser | null
  /** Whose guesses count together at this step; null where it is not said yet whom it is about. */
  guessed: Guessed | null
}

/** Which pending login a browser means: its cookie and the id in its address. Neither opens anything without the other. */
export type LoginHandle = { deviceToken: string | null; request: string }

/** Whoever counts a guess learns of a lock by that, and need not read it before. */
type Reading = { lock: 'read' | 'unread' }

/**
 * @throws Problem request_not_found (unknown, or another browser's), request_expired, request_finished
 */
export async function loadLogin(
  deps: Deps,
  handle: LoginHandle,
  tx?: Executor,
  reading: Reading = { lock: 'read' },
): Promise<PendingLogin> {
  if (!isId('req', handle.request)) throw new Problem('request_not_found')
  const hash = tokenHash(handle.deviceToken ?? '')
  const { applications, devices } = deps.repositories
  const found = await devices.findWithRequest(hash, handle.request, tx)
  // a conversation goes on where it began
  if (found?.request.parameters.issuer !== deps.settings.issuer) throw new Problem('request_not_found')
  const { request, ...browser } = found
  const application = request.applicationId && (await applications.findActive(request.applicationId, tx))
  const owner = request.organizationId ?? application?.organizationId ?? null
  const isOver = request.finishedAt !== null ? 'request_finished' : 'request_expired'
  if (request.finishedAt !== null || request.expiresAt <= deps.clock.now())
    throw new Problem(isOver, wayOn(request, application), owner)
  // switched off meanwhile: there is nobody left to sign in to
  if (request.applicationId && !application) throw new Problem('request_not_found')
  return stepOf(deps, { request, application, browser }, tx, reading)
}

/** What was typed is no business of the application yet: it is hinted at what it said itself. */
function wayOn({ parameters: { issuer, loginHint } }: AuthRequest, application: KnownApplication | null) {
  const again = startAgain(application, { issuer, loginHint })
  return again === null ? {} : { startAgain: again }
}

type Position = {
  request: AuthRequest
  application: KnownApplication | null
  browser: Pick<PendingLogin, 'device' | 'accounts'>
}

/** The step of a request as it stands now; whom the typed name means is read anew. */
export async function stepOf(
  deps: Deps,
  { request, application, browser }: Position,
  tx?: Executor,
  { lock }: Reading = { lock: 'read' },
): Promise<PendingLogin> {
  const { parameters, organizationId, createdAt, loginName, sessionId: chosen, freshAccount, atPicker } = request
  const { consentedAt, ceremony, passkeyOfferTo } = request
  // what was typed counts until an account proved itself or was picked
  const isTyped = loginName !== null && chosen === null
  const typed = isTyped ? await typedFacts(deps, request, loginName, tx) : null
  const place = await placeFor(deps, parameters, request, tx)
  const consented = consentedAt !== null
  const resetIsProven = ceremony?.kind === 'reset' && (await isProven(deps, request.id, ceremony, tx))
  const progress = { createdAt, chosen, freshAccount, atPicker, ceremony, resetIsProven, passkeyOfferTo, consented }
  const facts = { ...progress, typed: typed?.facts ?? null }
  const { device, accounts } = browser
  const trusted = await trustedIn(deps, device, typed ? [...accounts, typed.facts] : accounts, tx)
  const situation = { device, accounts, trusted, application, parameters, organizationId, place }
  const open = contextOf(deps, situation, { ...facts, lockedUntil: null })
  const guessed = guessedOf(open, typed?.organizationId ?? null)
  // only a step that asks for a guess is worth the read
  const asks = GUESSING.has(open.step.kind) && lock === 'read'
  const lockedUntil = guessed && asks ? await findLock(deps, guessed, tx) : null
  const context = lockedUntil === null ? open : contextOf(deps, situation, { ...facts, lockedUntil })
  return { ...context, request, device, typedUser: typed?.user ?? null, guessed }
}

/** Read for a name nobody has too. */
function isProven(
  { repositories, clock }: Deps,
  flow: AuthRequestId,
  ceremony: { userId: UserId | null },
  tx?: Executor,
): Promise<boolean> {
  const userId = ceremony.userId ?? ('' as UserId)
  return repositories.oneTimeCodes.isProven({ flow, purpose: 'reset_password', userId }, clock.now(), tx)
}

/** Steps at which something could be guessed. */
const GUESSING: ReadonlySet<LoginStepKind> = new Set(['first_factor', 'second_factor'])

function guessedOf({ subject, step, facts }: LoginContext, organizationOfName: OrganizationId | null): Guessed | null {
  if (!subject) return null
  const { user, loginName } = subject
  const at = step.kind === 'second_factor' ? 'second_factor' : 'first_factor'
  const trust = trustIn(facts, subject)?.id ?? null
  return { userId: user?.id ?? null, organizationId: user?.organizationId ?? organizationOfName, loginName, at, trust }
}

/**
 * One read, for a name nobody has too. What is remembered of a face is not asked: it may be older than a rule that was just changed, and a
 * name somebody has would be told apart by that.
 */
async function typedFacts(deps: Deps, { userId, organizationId }: AuthRequest, loginName: string, tx?: Executor) {
  const { users, organizations } = deps.repositories
  const user = userId && (await users.findFacts(userId, tx))
  if (user)
    return {
      user,
      organizationId: organizationId ?? user.user.organizationId,
      facts: { loginName, user: user.user, policy: user.policy },
    }
  const place = { asked: organizationId, domain: domainOf(loginName), home: deps.home }
  const near = await organizations.findOfNobody(place, tx)
  const policy = near?.policy ?? DEFAULT_LOGIN_POLICY
  return { user: null, organizationId: near?.organizationId ?? null, facts: { loginName, user: null, policy } }
}

/** The organization that owns the domain of what was typed, or null. The account plays no part. */
export async function ownerOf(deps: Deps, loginName: string, tx?: Executor): Promise<OrganizationId | null> {
  const domain = domainOf(loginName)
  return domain === null ? null : deps.repositories.organizations.findIdByDomain(domain, tx)
}

/** @throws Problem wrong_step when the engine does not permit this now. */
export function mustPermit({ step }: LoginContext, action: LoginAction): void {
  if (!permittedActions(step.kind).includes(action)) throw new Problem('wrong_step', { step: step.kind })
}

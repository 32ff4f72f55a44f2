import type { Deps, Executor, KnownUser, Turn } from '../../deps.ts'
import { Problem } from '../../domain/problem.ts'
import { countGuess, type Guess, takeBackGuess } from '../guesses/count-guess.ts'
import { guessInTurn } from '../guesses/guess-in-turn.ts'
import { forgetFailures, noteFailuresBefore, noteWrongGuess } from '../guesses/note-outcome.ts'
import { askForUpgrade, beginUpgrade } from '../passkeys/upgrade.ts'
import { recordEvent } from '../record-event.ts'
import { advance, type LoginOutcome } from './advance.ts'
import { type LoginHandle, loadLogin, mustPermit, type PendingLogin } from './load-login.ts'
import { proveSession } from './prove-session.ts'
import { renewCookie } from './renew-cookie.ts'

type Input = {
  password: string
  staySignedIn: boolean
  keepsPasskeys: boolean
  createsPasskeys: boolean
  address: string
}
type Asked = Pick<KnownUser, 'password'> & { guess: Guess }

/**
 * The password check. The step is asked for and the guess is counted before the hash is compared, outside any transaction; then
 * everything is read anew, because the world may have changed meanwhile.
 * @throws Problem invalid_credentials, too_many_attempts, wrong_step; Unavailable
 */
export async function checkPassword(deps: Deps, handle: LoginHandle, input: Input): Promise<LoginOutcome> {
  deps.passwords.mustHaveRoom()
  // its outcome is written before it is told, right or wrong
  const ask = (turn: Turn) =>
    deps.db.transaction((tx) => askFor(deps, tx, handle, { turn, ...input }), { isFollowed: true })
  const [asked, outcome] = await guessInTurn(deps, ask, async (of) => {
    if (await compare(deps, of, input.password)) return [of, await prove(deps, handle, of, input)] as const
    throw await deps.db.transaction((tx) => noteWrongGuess(deps, tx, of.guess))
  })
  await keepHashCurrent(deps, asked, input.password)
  const { begun, ...proven } = outcome
  return begun ? { ...proven, upgrade: await askForUpgrade(deps, begun) } : proven
}

type Proven = LoginOutcome & { begun: Awaited<ReturnType<typeof beginUpgrade>> }

/** A guess that there was no time to compare is none. */
async function compare(deps: Deps, { password, guess }: Asked, typed: string): Promise<boolean> {
  try {
    return await deps.passwords.verify(password?.hash ?? null, typed)
  } catch (error) {
    await takeBackGuess(deps, guess)
    throw error
  }
}

/** Somebody who knows the password has not failed, also when it came too late: sent twice, for a step that is over. */
async function prove(deps: Deps, handle: LoginHandle, asked: Asked, input: Input): Promise<Proven> {
  try {
    return await deps.db.transaction((tx) => addCheck(deps, tx, handle, asked, input))
  } catch (error) {
    const isOldPassword = error instanceof Problem && error.code === 'invalid_credentials'
    if (!isOldPassword) await deps.db.transaction((tx) => forgetFailures(deps, tx, asked.guess))
    throw error
  }
}

type Asking = Pick<Input, 'address'> & { turn: Turn }

async function askFor(deps: Deps, tx: Executor, handle: LoginHandle, { turn, address }: Asking): Promise<Asked> {
  const login = await loadLogin(deps, handle, tx, { lock: 'unread' })
  mustAskForPassword(login)
  const { password } = await personOf(deps, tx, login)
  const guess = await countGuess(deps, tx, login.guessed!, address)
  turn.enter(guess.key)
  return { password, guess }
}

/** @throws Problem wrong_step, also where only something else opens this account */
function mustAskForPassword(login: PendingLogin): void {
  mustPermit(login, 'check_password')
  const { step } = login
  if (step.kind === 'first_factor' && !step.methods.includes('password'))
    throw new Problem('wrong_step', { step: step.kind })
}

/** Whom the password is asked of, with it. Somebody who may not finish has none here. */
async function personOf(
  deps: Deps,
  tx: Executor,
  { subject, typedUser }: PendingLogin,
): Promise<Pick<KnownUser, 'password'>> {
  const id = subject?.user?.id ?? null
  if (typedUser && typedUser.user.id === id) return typedUser
  // an account that was picked, not typed
  return (id && (await deps.repositories.users.findFacts(id, tx))) || { password: null }
}

async function addCheck(deps: Deps, tx: Executor, handle: LoginHandle, asked: Asked, input: Input): Promise<Proven> {
  const login = await loadLogin(deps, handle, tx, { lock: 'unread' })
  mustAskForPassword(login)
  // the proof is for whom it was asked of, and for the password that was compared
  const user = login.subject?.user
  const { password } = await personOf(deps, tx, login)
  if (!user || user.id !== asked.guess.userId || !password || password.hash !== asked.password?.hash)
    throw new Problem('invalid_credentials')

  const now = deps.clock.now()
  const failures = await forgetFailures(deps, tx, asked.guess)
  await noteFailuresBefore(deps, tx, user.id, failures)
  const persistent = login.device.persistent || input.staySignedIn
  const cookie = await renewCookie(deps, tx, login.device, handle.deviceToken, persistent)
  if (!(await deps.repositories.users.markUsed(tx, password, now))) throw new Problem('invalid_credentials')
  const { loginName, policy } = login.subject!
  const check = { factor: 'password', at: now } as const
  const sessionId = await proveSession(deps, tx, login, { userId: user.id, loginName, policy, check })
  await recordEvent(deps, tx, {
    type: 'user.signed_in',
    organizationId: user.organizationId,
    actor: user.id,
    target: sessionId,
    data: { factor: 'password', ...(failures > 0 ? { failures } : {}) },
  })
  const { ceremony } = login.request
  const wasReset = ceremony?.kind === 'reset' && ceremony.isDone && ceremony.userId === user.id
  const passkeyOfferTo = wasReset && input.keepsPasskeys ? user.id : login.request.passkeyOfferTo
  const change = { sessionId, loginName: null, userId: null, ceremony: null, passkeyOfferTo }
  const outcome = await advance(deps, tx, login, change, cookie.token)
  const begun = input.createsPasskeys ? await beginUpgrade(deps, tx, outcome) : null
  return { ...outcome, cookie, begun }
}

/** A hash made at another cost is made anew while the password is at hand. */
async function keepHashCurrent(deps: Deps, { password }: Asked, typed: string): Promise<void> {
  if (!password || !deps.passwords.isOutdated(password.hash)) return
  const hash = await deps.passwords.hash(typed)
  await deps.db.transaction((tx) => deps.repositories.users.rehash(tx, password.id, password.hash, hash))
}

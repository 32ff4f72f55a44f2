import type { LoginAnswer, Redirect } from '@vestibule/shared/login-step.ts'
import type { Deps } from '../../deps.ts'
import { hasChosenSince } from '../../domain/language.ts'
import type { LoginOutcome } from '../../use-cases/login/advance.ts'
import { answerOf } from '../../use-cases/login/answer.ts'
import type { LoginHandle } from '../../use-cases/login/load-login.ts'
import { keepLanguage } from '../../use-cases/me/keep-language.ts'
import { readDevice, writeDevice, writeKnown, writeTrust } from '../cookies.ts'
import type { Http } from '../env.ts'
import { browserWishes } from '../localize.ts'
import { withSessionState } from '../session-state.ts'

/** The request in the address and the cookie of the browser. */
export const handleOf = (c: Http, { settings }: Deps, { request }: { request: string }): LoginHandle => ({
  request,
  deviceToken: readDevice(c, settings),
})

/** The next step, and the browser's new handle when it got one. */
export async function answerTo(c: Http, deps: Deps, outcome: LoginOutcome): Promise<LoginAnswer> {
  const { login, redirect, cookie, known, trust, upgrade } = outcome
  if (cookie) writeDevice(c, deps.settings, cookie)
  if (known) writeKnown(c, deps.settings, known)
  if (trust) writeTrust(c, deps.settings, trust, deps.clock.now())
  const wishes = browserWishes(c, deps)
  if (redirect && wishes.chosen && hasChosenSince(wishes, login.request.createdAt) && login.step.kind === 'complete')
    // a wish about language is no reason for a sign-in to fail
    await keepLanguage(deps, login.step, wishes.chosen.language).catch((error: unknown) => deps.log.warn(error))
  const way = redirect && leaving(c, deps, login, redirect, cookie !== undefined)
  return answerOf(deps, login, wishes, way, upgrade)
}

/** A response with a code says what the frame of session management compares. */
function leaving(
  c: Http,
  deps: Deps,
  { step, application, parameters: { redirectUri, device } }: LoginOutcome['login'],
  redirect: Redirect,
  isNewLogin: boolean,
): Redirect {
  if (step.kind !== 'complete' || !application || device) return redirect
  return withSessionState(c, deps, { redirect, application, redirectUri, isNewLogin })
}

import type { AccountView, LoginAnswer, LoginStepView, Redirect } from '@vestibule/shared/login-step.ts'
import type { Deps, KnownAccount } from '../../deps.ts'
import type { BrowserWishes } from '../../domain/language.ts'
import type { AccountFacts } from '../../domain/login/facts.ts'
import type { LoginStep } from '../../domain/login/steps.ts'
import { isUsable } from '../../domain/login/subject.ts'
import { staysInBrowser } from '../../domain/native-redirect.ts'
import { endToTell } from '../../domain/password-age.ts'
import { readableScopes } from '../../domain/reserved-scopes.ts'
import { isLive } from '../../domain/session.ts'
import { webLink } from '../../domain/web-link.ts'
import { faceOf } from '../face.ts'
import { recoveryCodesView, totpInLogin } from '../factors/enroll-in-login.ts'
import { codesOf } from '../factors/sent-code-in-login.ts'
import { ownPicturePath } from '../own-picture.ts'
import type { Upgrade } from '../passkeys/upgrade.ts'
import { changePasswordView } from '../password/change-password.ts'
import { finishRegistrationView, registerView, verifyEmailView } from '../registration/view.ts'
import { newPasswordView, resetCodeView } from '../reset/view.ts'
import { languageOf } from './language-of-login.ts'
import { ownerOf, type PendingLogin } from './load-login.ts'

/** What the page draws: the body of every login endpoint. It says nothing of an account that is not proven in this browser. */
export async function answerOf(
  deps: Deps,
  login: PendingLogin,
  wishes: BrowserWishes,
  redirect: Redirect | null = null,
  upgrade?: Upgrade,
): Promise<LoginAnswer> {
  const { step, request, application, subject } = login
  const { branding, languages } = await faceOf(deps, await branded(deps, login))
  const known = subject?.account as KnownAccount | null | undefined
  return {
    request: request.id,
    step: redirect ? leaving(login, redirect, upgrade) : await viewOf(deps, login, step),
    reasons: 'reasons' in step ? step.reasons : [],
    account: subject && {
      loginName: subject.loginName,
      // half a proof is no reason to say anything of somebody
      displayName: request.loginName === null && step.kind !== 'second_factor' ? (known?.displayName ?? null) : null,
    },
    application: application && {
      name: application.name,
      organization: application.organizationName,
      logo: webLink(application.settings.logoUri),
      privacy: webLink(application.settings.privacyUri),
      terms: webLink(application.settings.termsUri),
    },
    passwordEndsAt: passwordEndOf(deps, login),
    branding,
    language: languageOf(login, wishes, languages),
  }
}

/** Only who is signed in may be told so by a page that stays. */
function leaving({ step, application }: PendingLogin, redirect: Redirect, upgrade?: Upgrade): LoginStepView {
  const stays = step.kind === 'complete' && application !== null && staysInBrowser(application, redirect)
  return { kind: 'redirect', redirect, ...(stays && { stays }), ...(upgrade && { upgrade }) }
}

/** Told to nobody before the proof. */
function passwordEndOf({ clock }: Deps, { step, subject }: PendingLogin): string | null {
  const password = step.kind === 'consent' || step.kind === 'complete' ? subject?.account?.password : null
  const end = password ? endToTell(password, clock.now()) : null
  return end === null ? null : new Date(end).toISOString()
}

/** The organization that was asked for, that of an account this browser knows, or that of the typed domain. */
async function branded(deps: Deps, { organizationId, subject, request }: PendingLogin) {
  if (organizationId) return organizationId
  if (request.loginName === null && subject?.user) return subject.user.organizationId
  return request.loginName === null ? null : ownerOf(deps, request.loginName)
}

async function viewOf(deps: Deps, login: PendingLogin, step: LoginStep): Promise<LoginStepView> {
  switch (step.kind) {
    case 'register':
      return registerView(deps, login, step.registration)
    case 'verify_email':
      return verifyEmailView(deps, login, step.registration)
    case 'finish_registration':
      return finishRegistrationView(login, step.registration)
    case 'select_account':
      return { kind: 'select_account', accounts: accountViews(deps, login.accounts, step.accounts) }
    case 'identify': {
      // what may be typed and done follows the organization whose page this is, before anybody is known
      const { loginPolicy, registrationIsOpen } = await faceOf(deps, login.organizationId)
      return {
        kind: 'identify',
        accepts: loginPolicy.identifiers,
        loginHint: login.parameters.loginHint,
        hasAccounts: step.hasAccounts,
        canRegister: registrationIsOpen && login.parameters.subject === null,
        canUsePasskey: loginPolicy.allowPasskey,
      }
    }
    case 'reset_code':
      return resetCodeView(deps, login)
    case 'new_password':
      return newPasswordView(deps, login)
    case 'change_password':
      return changePasswordView(deps, login)
    case 'first_factor':
      return {
        kind: 'first_factor',
        methods: [...step.methods],
        lockedFor: secondsUntil(step.lockedUntil, deps),
        canReset: step.canReset,
      }
    case 'offer_passkey':
      return { kind: 'offer_passkey' }
    case 'second_factor':
      return {
        kind: 'second_factor',
        methods: [...step.methods],
        lockedFor: secondsUntil(step.lockedUntil, deps),
        codes: await codesOf(deps, login, step),
        trustFor: step.trustFor,
      }
    case 'enroll_second_factor':
      return {
        kind: 'enroll_second_factor',
        methods: [...step.methods],
        canSkip: step.canSkip,
        totp: await totpInLogin(deps, login),
        codes: await codesOf(deps, login, step),
      }
    case 'recovery_codes':
      return { kind: 'recovery_codes', codes: recoveryCodesView(deps, login, step.sealed) }
    case 'denied':
      return { kind: 'denied', reason: step.reason }
    case 'deletion_planned':
      return { kind: 'deletion_planned', deletionAt: new Date(step.deletionAt).toISOString() }
    case 'confirm_device':
      return {
        kind: 'confirm_device',
        userCode: login.parameters.device?.userCode ?? '',
        scopes: readableScopes(login.parameters.scopes),
      }
    case 'consent':
      return { kind: 'consent', scopes: readableScopes(login.parameters.scopes) }
    // both are left by `finish`, which answers with the redirect
    case 'complete':
    case 'reject':
      return { kind: 'complete' }
  }
}

const secondsUntil = (end: number | null, { clock }: Deps) => end && Math.ceil((end - clock.now()) / 1000)

/** The rows of the picker, in the order in which they were used. */
function accountViews(deps: Deps, known: readonly KnownAccount[], shown: readonly AccountFacts[]): AccountView[] {
  const ids = new Set(shown.map(({ session }) => session.id))
  return known.filter(({ session }) => ids.has(session.id)).map((account) => accountView(deps, account))
}

export const accountView = (deps: Deps, account: KnownAccount): AccountView => ({
  session: account.session.id,
  displayName: account.displayName,
  loginName: account.loginName,
  organization: account.organizationName,
  picture: ownPicturePath(deps, account.picture),
  state: stateOf(account, deps.clock.now()),
})

function stateOf(account: KnownAccount, now: number): AccountView['state'] {
  if (isUsable(account, now)) return 'signed_in'
  return isLive(account.session, account.policy, now) ? 'password_needed' : 'signed_out'
}

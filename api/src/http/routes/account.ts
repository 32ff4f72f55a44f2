import { appearanceRoutes } from '@vestibule/shared/contract/appearance.ts'
import { languageRoutes } from '@vestibule/shared/contract/language.ts'
import { meRoutes } from '@vestibule/shared/contract/me.ts'
import { passwordSetupRoutes } from '@vestibule/shared/contract/password-setup.ts'
import { signOutRoutes } from '@vestibule/shared/contract/sign-out.ts'
import type { Deps } from '../../deps.ts'
import { withState } from '../../oidc/end-session/end-session.ts'
import { listAccounts, switchAccount } from '../../use-cases/me/accounts.ts'
import { currentAccount, findCurrentAccount } from '../../use-cases/me/current-account.ts'
import { keepLanguage } from '../../use-cases/me/keep-language.ts'
import { endOwnSession, getMe, listOwnSessions, signOutHere } from '../../use-cases/me/me.ts'
import { stepUp } from '../../use-cases/me/step-up.ts'
import { lookAtSetup, setUpPassword } from '../../use-cases/password/set-up-password.ts'
import { confirmSignOut } from '../../use-cases/sign-out/confirm-sign-out.ts'
import { accountHandle } from '../actor.ts'
import { setHeader } from '../answer.ts'
import { readBrowser, readDevice, writeAppearance, writeBeginning, writeKnown, writeLanguage } from '../cookies.ts'
import type { Http } from '../env.ts'
import { implement } from '../implement.ts'
import { dressed } from '../localize.ts'
import type { Mount } from '../mount.ts'
import { renewBrowserState } from '../session-state.ts'

/** A page with nothing of the account stays behind in the browser's cache after a sign-out. */
const forgetCache = (c: Http) => setHeader(c, 'clear-site-data', '"cache"')

export function mountAccount(mount: Mount, deps: Deps): void {
  const handle = (c: Http) => accountHandle(c, deps.settings)

  implement(mount, meRoutes.getMe)(async (_input, c) => getMe(deps, await currentAccount(deps, handle(c))))
  implement(
    mount,
    meRoutes.listOwnSessions,
  )(async (_input, c) => ({
    sessions: await listOwnSessions(deps, await currentAccount(deps, handle(c))),
  }))
  implement(
    mount,
    meRoutes.endOwnSession,
  )(async ({ body }, c) => {
    const ended = await endOwnSession(deps, handle(c), body.session)
    renewBrowserState(c, deps)
    return { ended }
  })
  implement(
    mount,
    meRoutes.signOutHere,
  )(async (_input, c) => {
    const redirect = await signOutHere(deps, handle(c))
    forgetCache(c)
    renewBrowserState(c, deps)
    return { redirect }
  })
  implement(mount, meRoutes.stepUp)(async ({ body }, c) => ({ redirect: await stepUp(deps, handle(c), body.returnTo) }))
  implement(
    mount,
    meRoutes.listAccounts,
  )(async (_input, c) => ({ accounts: listAccounts(deps, await currentAccount(deps, handle(c))) }))
  implement(
    mount,
    meRoutes.switchAccount,
  )(async ({ body }, c) => {
    const { to, known } = await switchAccount(deps, handle(c), body.session)
    if (known) writeKnown(c, deps.settings, known)
    return { redirect: to }
  })
  implement(
    mount,
    signOutRoutes.confirmSignOut,
  )(async ({ params, body }, c) => {
    const { redirect, farewell, remaining } = await confirmSignOut(deps, {
      deviceToken: readDevice(c, deps.settings),
      ...params,
      ...body,
    })
    forgetCache(c)
    renewBrowserState(c, deps)
    return { redirect: farewell ?? (redirect && withState(redirect.uri, redirect.state)), remaining }
  })
  implement(
    mount,
    passwordSetupRoutes.lookAtSetup,
  )(async ({ body }, c) => lookAtSetup(deps, { ...body, address: c.env.visit.address }))
  implement(
    mount,
    passwordSetupRoutes.setUpPassword,
  )(async ({ body }, c) => {
    const asking = { ...body, address: c.env.visit.address, browser: readBrowser(c, deps.settings) }
    const { loginName, beginning } = await setUpPassword(deps, asking)
    if (beginning.kind === 'redirect') return { loginName, signIn: beginning.redirect.to }
    writeBeginning(c, deps, beginning)
    return { loginName, signIn: `/login/${beginning.request}` }
  })
  implement(
    mount,
    appearanceRoutes.chooseAppearance,
  )(async ({ body: { appearance } }, c) => {
    writeAppearance(c, deps.settings, appearance)
    return { appearance }
  })
  implement(
    mount,
    languageRoutes.chooseLanguage,
  )(async ({ body: { language, entry, remember } }, c) => {
    if (remember) {
      writeLanguage(c, deps.settings, language, deps.clock.now())
      const actor = entry === 'app' ? await findCurrentAccount(deps, readDevice(c, deps.settings)) : null
      if (actor) await keepLanguage(deps, actor.login, language)
    }
    return { strings: dressed(language, entry).strings }
  })
}

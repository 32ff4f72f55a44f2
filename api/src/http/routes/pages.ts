import { accountPageAt } from '@vestibule/shared/account-pages.ts'
import type { DeviceView, ErrorPageCode, LoginEntryPage, Page, SignOutView } from '@vestibule/shared/page.ts'
import type { StartAgain } from '@vestibule/shared/problem.ts'
import { tokenHash } from '../../crypto/token.ts'
import type { Deps, Device, KnownAccount, KnownApplication } from '../../deps.ts'
import type { OrganizationId } from '../../domain/ids.ts'
import { initiateLogin } from '../../domain/initiate-login.ts'
import { withState } from '../../oidc/end-session/end-session.ts'
import { accountView, answerOf } from '../../use-cases/login/answer.ts'
import { beginLogin } from '../../use-cases/login/begin-login.ts'
import { loadLogin } from '../../use-cases/login/load-login.ts'
import { findCurrentAccount, ownRequest } from '../../use-cases/me/current-account.ts'
import { findFarewell } from '../../use-cases/sign-out/farewell.ts'
import { redirect } from '../answer.ts'
import { readAppearance, readBrowser, readDevice, writeBeginning } from '../cookies.ts'
import type { Http } from '../env.ts'
import { askedNow, browserWishes, dressed, pageTexts } from '../localize.ts'
import type { Mount } from '../mount.ts'
import { renderPage } from '../page.ts'
import type { Templates } from '../page-template.ts'

export type Pages = ReturnType<typeof createPages>
type RenderOptions = Parameters<typeof renderPage>[4]
type ErrorOptions = {
  status: number
  headers: Record<string, string>
  /** Whose look the page wears; null for the default one. */
  organizationId: OrganizationId | null
  startAgain: StartAgain | null
}
type Asking = Pick<KnownApplication, 'name' | 'organizationId' | 'settings'> | null

/** Draws the pages of both entries. */
export function createPages(deps: Deps, templates: Templates) {
  const render = (c: Http, page: Page, options?: RenderOptions) =>
    renderPage(c, templates, page, deps.randomBytes, { appearance: readAppearance(c, deps.settings), ...options })

  return {
    /** Our own error page: a code and an id, never a link to an address that was refused. */
    async error(c: Http, code: ErrorPageCode, { organizationId, startAgain, ...answered }: ErrorOptions) {
      const at = new Date(deps.clock.now()).toISOString()
      const error = { code, requestId: c.env.visit.requestId, at, startAgain }
      const request = askedNow(deps, (c.req.query('ui_locales') ?? '').split(' '))
      const texts = await pageTexts(c, deps, 'login', { request, organizationId })
      return render(c, { kind: 'error', ...texts, error }, answered)
    },

    async login(c: Http, request: string): Promise<Response> {
      const login = await loadLogin(deps, { request, deviceToken: readDevice(c, deps.settings) })
      const { responseMode, redirectUri } = login.parameters
      const answer = await answerOf(deps, login, browserWishes(c, deps))
      const { language, branding } = answer
      const page: LoginEntryPage = { kind: 'login', ...dressed(language, 'login'), branding, answer }
      const logo = answer.application?.logo
      return render(c, page, {
        ...(responseMode === 'form_post' && { formAction: new URL(redirectUri).origin }),
        ...(logo && { pictures: [logo] }),
      })
    },

    /** What is left of a login whose answer a program of the device got. */
    async signedIn(c: Http): Promise<Response> {
      return render(c, { kind: 'signed_in', ...(await pageTexts(c, deps, 'login', { organizationId: null })) })
    },

    /** The end of a sign-out. It loads `frames`, and no others, and then leads to `to`. */
    async signedOut(
      c: Http,
      application: Asking,
      uiLocales: string[] = [],
      { frames, to }: { frames: string[]; to: string | null } = { frames: [], to: null },
    ): Promise<Response> {
      const token = readDevice(c, deps.settings)
      const browser = token ? await deps.repositories.devices.findWithAccounts(tokenHash(token), null) : null
      const views = (browser?.accounts ?? []).map((account) => accountView(deps, account))
      const remaining = views.filter(({ state }) => state !== 'signed_out')
      const organizationId = application?.organizationId ?? (browser && ownerOfPages(browser))
      const texts = await pageTexts(c, deps, 'login', { request: askedNow(deps, uiLocales), organizationId })
      const headers = { 'clear-site-data': '"cache"' }
      const again = application && initiateLogin(application, deps.settings)
      const signedOut = { application: application?.name ?? null, again, remaining, frames, next: to }
      return render(c, { kind: 'signed_out', ...texts, signedOut }, { headers, frames })
    },

    /** The same, of a sign-out that was confirmed in this browser. */
    async farewell(c: Http, request: string): Promise<Response> {
      const found = await findFarewell(deps, { request, deviceToken: readDevice(c, deps.settings) })
      if (!found) return this.signedOut(c, null)
      const { application, frames, redirect: back } = found
      return this.signedOut(c, application, [], { frames, to: back && withState(back.uri, back.state) })
    },

    async signOut(
      c: Http,
      { view: signOut, application }: { view: SignOutView; application: Asking },
      uiLocales: string[],
    ): Promise<Response> {
      const organizationId = application?.organizationId ?? null
      const texts = await pageTexts(c, deps, 'login', { request: askedNow(deps, uiLocales), organizationId })
      return render(c, { kind: 'sign_out', ...texts, signOut })
    },

    /** The account pages; who is not signed in signs in first, by the same way as everybody. */
    async account(c: Http): Promise<Response> {
      const browser = readBrowser(c, deps.settings)
      const actor = await findCurrentAccount(deps, browser.deviceToken)
      const page = accountPageAt(c.req.path)
      if (actor) {
        const { user, locale } = actor.account
        const texts = await pageTexts(c, deps, 'app', { organizationId: user.organizationId, own: locale })
        return render(c, { kind: 'app', ...texts, account: user.id }, page ? {} : { status: 404 })
      }
      const beginning = await beginLogin(deps, {
        ...browser,
        application: null,
        parameters: ownRequest(deps.settings.issuer, []),
        organizationId: deps.home,
        returnTo: page ?? 'overview',
      })
      if (beginning.kind === 'redirect') return redirect(c, beginning.redirect.to, 302)
      writeBeginning(c, deps, beginning)
      return redirect(c, `/login/${beginning.request}`, 302)
    },

    /** Where the link of a mail leads: what it brings stands behind the #, and is for the browser only. */
    verify: async (c: Http): Promise<Response> => render(c, { kind: 'verify', ...(await pageTexts(c, deps, 'login')) }),

    reset: async (c: Http): Promise<Response> => render(c, { kind: 'reset', ...(await pageTexts(c, deps, 'login')) }),

    async device(c: Http, device: DeviceView): Promise<Response> {
      return render(c, { kind: 'device', ...(await pageTexts(c, deps, 'login')), device })
    },

    /** A page for whoever holds a link: it knows nobody, and what stands behind the # never arrives here. */
    link: async (c: Http): Promise<Response> =>
      render(c, { kind: 'app', ...(await pageTexts(c, deps, 'app')), account: null }),
  }
}

/** Whose account pages this browser showed last. */
const ownerOfPages = ({ device, accounts }: { device: Device; accounts: KnownAccount[] }): OrganizationId | null =>
  accounts.find(({ session }) => session.id === device.accountSessionId)?.user.organizationId ?? null

export function mountPages(mount: Mount, pages: Pages): void {
  mount('GET /', (c) => redirect(c, '/account', 302))
  mount('GET /login/:request', async (c) => pages.login(c, c.req.param('request') ?? ''))
  // the address of such a page from then on: opened again it hands nothing over
  mount('GET /signed-in', (c) => pages.signedIn(c))
  mount('GET /signed-out', (c) => pages.signedOut(c, null))
  mount('GET /signed-out/:request', (c) => pages.farewell(c, c.req.param('request') ?? ''))
  mount('GET /account', (c) => pages.account(c))
  mount('GET /account/*', (c) => pages.account(c))
  mount('GET /verify', (c) => pages.verify(c))
  mount('GET /reset', (c) => pages.reset(c))
  mount('GET /setup', (c) => pages.link(c))
  mount('GET /not-me', (c) => pages.link(c))
  mount('GET /passkey-link', (c) => pages.link(c))
  mount('GET /undo-deletion', (c) => pages.link(c))
}

/** A page's problem is drawn, an endpoint's is JSON. */
export const isPage = (path: string): boolean =>
  !path.startsWith('/api/') && !path.startsWith('/assets/') && !path.startsWith('/avatars/')

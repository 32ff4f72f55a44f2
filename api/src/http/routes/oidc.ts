import type { Redirect } from '@vestibule/shared/login-step.ts'
import type { TracePath } from '@vestibule/shared/trace.ts'
import { tokenHash } from '../../crypto/token.ts'
import type { Deps } from '../../deps.ts'
import { authorize, type Refused, storeRequest } from '../../oidc/authorize/authorize.ts'
import { metadata, PATHS } from '../../oidc/discovery.ts'
import { endSession } from '../../oidc/end-session/end-session.ts'
import { type Parameters, readParameters, uiLocalesOf } from '../../oidc/parameters.ts'
import { checkSessionFrame } from '../../oidc/session-management/check-session-frame.ts'
import { listPasskeyOrigins } from '../../use-cases/passkeys/passkey-origins.ts'
import { answer, redirect } from '../answer.ts'
import { queryOf, readForm } from '../client-endpoint.ts'
import { browserStateCookie, readBrowser, readDevice, writeBeginning } from '../cookies.ts'
import type { Http } from '../env.ts'
import { formPostPage } from '../form-post-page.ts'
import { askedNow, pageLanguage } from '../localize.ts'
import type { Mount } from '../mount.ts'
import { renewBrowserState, withSessionState } from '../session-state.ts'
import type { Tracing } from '../tracing.ts'
import type { Pages } from './pages.ts'

/** The endpoints that a browser visits. */
export function mountBrowserEndpoints(mount: Mount, deps: Deps, pages: Pages, tracing: Tracing): void {
  /** What is refused on a page of ours is noted before the page is drawn. */
  const noting = async <T>(c: Http, path: TracePath, parameters: Parameters | null, work: () => Promise<T>) => {
    try {
      return await work()
    } catch (error) {
      await tracing.note(c, error, { path, parameters })
      throw error
    }
  }
  /** And what is sent to the application, before it is sent. */
  const noteRefusal = async (c: Http, refused: Refused | undefined, parameters: Parameters) => {
    if (refused) await tracing.note(c, refused.error, { path: 'authorize', parameters, client: refused.application })
  }

  const leave = async (c: Http, { to, form }: Redirect, status: 302 | 303, uiLocales: string[]): Promise<Response> => {
    if (!form) return redirect(c, to, status)
    const language = await pageLanguage(c, deps, { request: askedNow(deps, uiLocales) })
    return formPostPage(c, { to, form }, language, deps.randomBytes)
  }

  mount('GET /oauth/v2/authorize', async (c) => {
    const parameters = readParameters(queryOf(c))
    const { requestId } = c.env.visit
    const beginning = await noting(c, 'authorize', parameters, () =>
      authorize(deps, parameters, readBrowser(c, deps.settings), requestId),
    )
    if (beginning.kind === 'redirect') {
      const { redirect: bare, isSuccess, uiLocales } = beginning
      await noteRefusal(c, beginning.refused, parameters)
      const response = isSuccess ? withSessionState(c, deps, { ...beginning, isNewLogin: false }) : bare
      return leave(c, response, 302, uiLocales)
    }
    writeBeginning(c, deps, beginning)
    return redirect(c, `/login/${beginning.request}`, 302)
  })
  mount('POST /oauth/v2/authorize', async (c) => {
    const parameters = await noting(c, 'authorize', null, () => readForm(c))
    const { requestId } = c.env.visit
    const stored = await noting(c, 'authorize', parameters, () => storeRequest(deps, parameters, requestId))
    if ('redirect' in stored) await noteRefusal(c, stored.refused, parameters)
    return 'redirect' in stored
      ? leave(c, stored.redirect, 303, uiLocalesOf(parameters))
      : redirect(c, PATHS.authorize + stored.location, 303)
  })

  mount('GET /oidc/v1/end_session', async (c) => {
    const parameters = readParameters(queryOf(c))
    const device = readDevice(c, deps.settings)
    const result = await noting(c, 'end_session', parameters, () => endSession(deps, parameters, device))
    if (result.kind !== 'confirm') renewBrowserState(c, deps)
    if (result.kind === 'redirect') return redirect(c, result.to, 302)
    const uiLocales = uiLocalesOf(parameters)
    if (result.kind === 'signed_out') return pages.signedOut(c, result.application, uiLocales, result)
    return pages.signOut(c, result, uiLocales)
  })
  // a cross-site POST arrives without the browser's cookie: what needs it goes on by GET
  mount('POST /oidc/v1/end_session', async (c) => {
    const parameters = await noting(c, 'end_session', null, () => readForm(c))
    const result = await noting(c, 'end_session', parameters, () => endSession(deps, parameters, null))
    if (result.kind === 'redirect') return redirect(c, result.to, 303)
    if (result.kind === 'signed_out' && result.frames.length > 0)
      return pages.signedOut(c, result.application, uiLocalesOf(parameters), result)
    return redirect(c, `${PATHS.endSession}?${new URLSearchParams(parameters.all())}`, 303)
  })
}

/** The one page that others may frame (OpenID Connect Session Management 1.0, 3.2). */
export function mountCheckSession(mount: Mount, { settings }: Deps): void {
  const { html, policy } = checkSessionFrame(browserStateCookie(settings))
  mount('GET /oidc/v1/check_session', (c) => {
    const visit = c.env.visit
    const { 'x-frame-options': _framed, ...common } = visit.common
    visit.common = common
    return answer(c, html, 200, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy })
  })
}

/** Documents that are the same for everybody: bytes in memory, with an ETag. */
export function mountMetadata(mount: Mount, deps: Deps): void {
  const prepared = (value: object) => {
    const text = JSON.stringify(value)
    return { body: Buffer.from(text), etag: `"${tokenHash(text)}"` }
  }
  const document = prepared(metadata(deps.settings))
  const json = (c: Http, { body, etag }: { body: Buffer<ArrayBuffer>; etag: string }) => {
    const headers = { 'content-type': 'application/json', etag, 'access-control-allow-origin': '*' }
    return c.req.header('if-none-match') === etag ? answer(c, null, 304, headers) : answer(c, body, 200, headers)
  }
  mount('GET /.well-known/openid-configuration', (c) => json(c, document))
  mount('GET /.well-known/oauth-authorization-server', (c) => json(c, document))
  // browsers ask it themselves (WebAuthn Level 3, 5.11)
  mount('GET /.well-known/webauthn', async (c) => json(c, prepared({ origins: await listPasskeyOrigins(deps) })))
  mount('GET /oauth/v2/keys', (c) => json(c, deps.keys.published()))
}

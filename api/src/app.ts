import { Hono } from 'hono'
import { TrieRouter } from 'hono/router/trie-router'
import { depsAt } from './adapters.ts'
import type { Deps } from './deps.ts'
import { startAgain } from './domain/initiate-login.ts'
import type { Problem } from './domain/problem.ts'
import { createAddresses, type Elsewhere } from './http/addresses.ts'
import { createAssets } from './http/assets.ts'
import { createCors } from './http/cors.ts'
import type { Env, Http } from './http/env.ts'
import { createMounting } from './http/mount.ts'
import { oauthErrorResponse } from './http/oauth-error-response.ts'
import { readTemplates } from './http/page-template.ts'
import { problemOf, problemResponse, statusOf } from './http/problem.ts'
import { createRateLimit } from './http/rate-limit.ts'
import { receive, startHeadersOver } from './http/receive.ts'
import { mountAccount } from './http/routes/account.ts'
import { mountApiDocuments } from './http/routes/api-documents.ts'
import { mountAvatars } from './http/routes/avatars.ts'
import { mountContacts } from './http/routes/contacts.ts'
import { mountDevelopment } from './http/routes/development.ts'
import { mountDevice } from './http/routes/device.ts'
import { mountLogin } from './http/routes/login.ts'
import { mountLoginPasskey } from './http/routes/login-passkey.ts'
import { mountLoginSecurityKey } from './http/routes/login-security-key.ts'
import { mountManagement } from './http/routes/management.ts'
import { mountBrowserEndpoints, mountCheckSession, mountMetadata } from './http/routes/oidc.ts'
import { type Lifecycle, mountOperation } from './http/routes/operation.ts'
import { mountOwnData } from './http/routes/own-data.ts'
import { mountOwnFactors } from './http/routes/own-factors.ts'
import { mountOwnPasskeys, mountPasskeyLinks } from './http/routes/own-passkeys.ts'
import { mountOwnPassword } from './http/routes/own-password.ts'
import { mountOwnTrustedDevices } from './http/routes/own-trusted-devices.ts'
import { createPages, isPage, mountPages } from './http/routes/pages.ts'
import { mountPasswordReset } from './http/routes/password-reset.ts'
import { mountProfile } from './http/routes/profile.ts'
import { mountRegistration } from './http/routes/registration.ts'
import { mountSecondFactors } from './http/routes/second-factors.ts'
import { mountTokenEndpoints, PREFLIGHTS } from './http/routes/token.ts'
import { mountTraces } from './http/routes/traces.ts'
import { createTraceLimit } from './http/trace-limit.ts'
import { createTracing } from './http/tracing.ts'
import { createMetrics } from './metrics.ts'
import { OAuthError, UntrustedRequest } from './oidc/oauth-error.ts'

type Site = { /** The built web part. */ web: URL; lifecycle?: Lifecycle }

/**
 * The whole server as one function from request to answer: what the API tests call. Every address has an app of its own, which takes what
 * it is called from its settings and knows of no other; the exact host of a request chooses the app.
 */
export function createApp(deps: Deps, site: Site): Hono<Env> {
  const common = commonTo(deps, site)
  const nowhere: Elsewhere = async () => null
  const elsewhere = createAddresses(deps, common.limit, (address) => appAt(depsAt(deps, address), common, nowhere))
  return appAt(deps, common, elsewhere)
}

/** What is counted, read or remembered once, whatever the address. */
const commonTo = (deps: Deps, { web, lifecycle = { isStopping: false } }: Site) => ({
  lifecycle,
  limit: createRateLimit(deps.clock, deps.settings.rateLimitFactor),
  tracing: createTracing(deps, createTraceLimit(deps.clock, deps.settings.rateLimitFactor)),
  cors: createCors(deps),
  metrics: createMetrics({
    waitingHashes: deps.passwords.waiting,
    messages: deps.tallies.messages,
    traces: deps.tallies.traces,
    waitingMessages: deps.repositories.outboxMessages.countWaiting,
  }),
  templates: readTemplates(web),
  assets: createAssets(new URL('assets/', web)),
})

function appAt(deps: Deps, common: ReturnType<typeof commonTo>, elsewhere: Elsewhere): Hono<Env> {
  const { lifecycle, limit, tracing, cors, metrics, templates, assets } = common
  // of the routers it is the one that takes half of the room: there may be many of these
  const app = new Hono<Env>(deps.home === null ? {} : { router: new TrieRouter() })
  const pages = createPages(deps, templates)
  const { mount, closeTheRest } = createMounting(app, deps.settings, limit)

  for (const [path, methods] of PREFLIGHTS) app.options(path, (c) => cors.preflight(c, methods))

  mountPages(mount, pages)
  mount('GET /assets/:file', assets)
  mountBrowserEndpoints(mount, deps, pages, tracing)
  mountCheckSession(mount, deps)
  mountMetadata(mount, deps)
  mountTokenEndpoints(mount, deps, { cors, limit, tracing })
  mountDevice(mount, deps, pages)
  mountLogin(mount, deps)
  mountLoginPasskey(mount, deps)
  mountLoginSecurityKey(mount, deps)
  mountPasswordReset(mount, deps)
  mountSecondFactors(mount, deps)
  mountOwnFactors(mount, deps)
  mountOwnTrustedDevices(mount, deps)
  mountRegistration(mount, deps)
  mountAccount(mount, deps)
  mountOwnData(mount, deps)
  mountOwnPassword(mount, deps)
  mountOwnPasskeys(mount, deps)
  mountPasskeyLinks(mount, deps)
  mountManagement(mount, deps)
  mountTraces(mount, deps)
  mountApiDocuments(mount, deps)
  mountProfile(mount, deps)
  mountContacts(mount, deps)
  mountAvatars(mount, deps)
  mountOperation(mount, deps, metrics, lifecycle)
  mountDevelopment(mount, deps, templates)
  closeTheRest()

  // the last resort: whatever was thrown is an answer without anything of its inside
  app.onError(async (error, c) => {
    const problem = problemOf(error)
    if (problem.code === 'internal') c.env.visit.failure = error
    startHeadersOver(c, deps)
    if (speaksOAuth(c)) return oauthErrorResponse(c, error, { challenge: 'Basic realm="vestibule"' })
    if (!isPage(c.req.path) || !wantsPage(c)) return problemResponse(c, problem)
    const code = error instanceof OAuthError ? (error.code as 'invalid_request') : problem.code
    const { retryAfter } = problem.details
    const headers: Record<string, string> = retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }
    const status = error instanceof OAuthError ? 400 : statusOf(problem.code)
    const about = error instanceof UntrustedRequest ? aboutClient(deps, error) : aboutProblem(problem)
    return pages.error(c, code, { status, headers, ...about }).catch(() => problemResponse(c, problem))
  })
  // whoever asks the app passes through here
  app.fetch = receive(deps, metrics, elsewhere, app.fetch)
  return app
}

const aboutClient = ({ settings: { issuer } }: Deps, { client }: UntrustedRequest) => ({
  organizationId: client?.organizationId ?? null,
  startAgain: startAgain(client, { issuer }),
})
const aboutProblem = ({ organizationId, details }: Problem) => ({
  organizationId,
  startAgain: details.startAgain ?? null,
})

/** Browsers get a page, probes and programs JSON. */
const wantsPage = (c: Http): boolean =>
  !/^\/(healthz|readyz|metrics|oauth\/v2\/(token|par|authorize-challenge|device_authorization|introspect|revoke|keys)|oidc\/v1\/userinfo|\.well-known)/.test(
    c.req.path,
  )

/** What is refused before the handler is reached is said in the words its callers know. */
const speaksOAuth = (c: Http): boolean =>
  /^\/(oauth\/v2\/(token|par|authorize-challenge|device_authorization|introspect|revoke)|oidc\/v1\/userinfo)$/.test(
    c.req.path,
  )

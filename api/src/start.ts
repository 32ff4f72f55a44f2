import type { Server, ServerResponse } from 'node:http'
import { serve } from '@hono/node-server'
import { buildDeps } from './adapters.ts'
import { announce } from './announce.ts'
import { createApp } from './app.ts'
import type { Clock, Deps } from './deps.ts'
import { giveBackMemory } from './give-back-memory.ts'
import { startCourier } from './jobs/courier.ts'
import { startJobs } from './jobs/schedule.ts'
import type { Settings } from './settings.ts'
import { prepareDemo } from './use-cases/configuration/demo.ts'
import { prepareInstance } from './use-cases/first-start.ts'
import { ensureSigningKeys } from './use-cases/keys/rotate-keys.ts'

const WEB = new URL('../../web/dist/', import.meta.url)
/** Requests in flight have this long to finish. Milliseconds. */
const GRACE = 10_000
/** Signals this close together are one. Milliseconds. */
const SAME_WISH = 1_000

/** Opens the door: settings in, a server that answers. Signals close it in order. */
export async function start(settings: Settings, clock: Clock): Promise<void> {
  const deps = await buildDeps(settings, clock)
  const lifecycle = { isStopping: false }
  const app = createApp(deps, { web: WEB, lifecycle })
  await ensureSigningKeys(deps)
  const demo = settings.demo ? await prepareDemo(deps, settings.demo.url) : null
  const firstManager = await prepareInstance(deps)
  const stopJobs = startJobs(deps)
  const stopCourier = startCourier(deps)
  if (!deps.post.has('email')) deps.log.warn('MAIL_URL is not set: no mail leaves, so codes and notices reach nobody')

  const server = serve({ fetch: app.fetch, port: settings.port, hostname: settings.host, serverOptions: LIMITS }, () =>
    announce(settings, { firstManager, demo, hasOutbox: deps.post.sink !== null }),
  ) as Server
  server.maxConnections = 10_000
  const open = openResponses(server)
  giveBackMemory()
  server.on('error', (error) => {
    console.error(`Could not listen on ${settings.host}:${settings.port}: ${(error as NodeJS.ErrnoException).code}`)
    process.exit(1)
  })

  // a terminal signals the whole group, so one wish may arrive several times; a second wish ends at once
  let askedAt = 0
  const stop = () => {
    if (!lifecycle.isStopping) void close(deps, server, open, [stopJobs, stopCourier])
    else if (performance.now() - askedAt > SAME_WISH) process.exit(0)
    lifecycle.isStopping = true
    askedAt = performance.now()
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
  process.on('unhandledRejection', (error) => deps.log.error({ error }, 'unhandled rejection'))
}

/** Slow headers and idle connections are cut (Node's own limits are a minute and more). Milliseconds; bytes. */
const LIMITS = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 10_000,
  connectionsCheckingInterval: 1_000,
  maxHeaderSize: 16_384,
}

/** The responses that are still to be given. */
function openResponses(server: Server): Set<ServerResponse> {
  const open = new Set<ServerResponse>()
  server.prependListener('request', (_request, response) => {
    open.add(response)
    // told to stop: whoever asked on a kept connection hears that this was the last time
    if (!server.listening) response.shouldKeepAlive = false
    response.once('close', () => open.delete(response))
  })
  return open
}

async function close(
  deps: Deps,
  server: Server,
  open: Set<ServerResponse>,
  stops: readonly (() => Promise<void>)[],
): Promise<void> {
  const isClosed = new Promise<void>((resolve) => server.close(() => resolve()))
  for (const response of open) response.shouldKeepAlive = false
  const late = setTimeout(() => server.closeAllConnections(), GRACE)
  // what is being sent arrives while requests come to their end
  await Promise.all([isClosed, ...stops.map((stop) => stop())])
  clearTimeout(late)
  await deps.db.close()
  process.exit(0)
}

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import net from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { buildDeps } from '../adapters.ts'
import type { Deps } from '../deps.ts'
import { makeCertificate } from '../outbox/testing/certificate.ts'
import { startSmtpSink } from '../outbox/testing/smtp-sink.ts'
import { readSettings } from '../settings.ts'
import { sendMessage } from '../use-cases/messages/send-message.ts'

const MAIN = new URL('../main.ts', import.meta.url).pathname
const KILLS = 4
/** Seconds after which a claim of a dead process is taken over, and more. */
const CLAIM_IS_OVER = 60

/** A module that moves the clock of the process that loads it first. */
const clockAheadBy = (seconds: number) =>
  `data:text/javascript,${encodeURIComponent(`const { now } = Date; Date.now = () => now() + ${seconds * 1000}`)}`

async function freePort(): Promise<string> {
  const server = net.createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as net.AddressInfo
  server.close()
  return String(port)
}

type Env = Record<string, string>

/** The product as a process of its own, which may be killed. */
function startProduct(env: Env, options: string[] = []): ChildProcess {
  const child = spawn(process.execPath, [...options, MAIN], {
    env: { PATH: process.env.PATH, ...env },
    stdio: 'ignore',
    cwd: env.DATA_DIR,
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  return child
}

async function kill(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL')
  await once(child, 'close')
}

const send = (deps: Deps, organizationId: string, to: string, now: () => number) =>
  deps.db.transaction((tx) =>
    sendMessage(deps, tx, {
      channel: 'email',
      kind: 'account_locked',
      to,
      language: 'en',
      organizationId: organizationId as never,
      values: { at: now(), until: now() },
      // what is marked so is over before the last start
      ...(to.startsWith('late') ? { expiresAt: now() + 30_000 } : {}),
    }),
  )

test('R6 N293 killed -9 again and again between commit and sending: each mail once or twice, never zero times, never after its end', {
  timeout: 180_000,
}, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'kill-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const slow = { onMailFrom: (_address: unknown, _session: unknown, done: () => void) => void setTimeout(done, 100) }
  const sink = await startSmtpSink(makeCertificate(), {}, { authOptional: true, ...slow })
  const env: Env = {
    PORT: await freePort(),
    DATA_DIR: folder,
    LOG_LEVEL: 'silent',
    MAIL_URL: `smtp://127.0.0.1:${sink.port}`,
    MAIL_FROM: 'no-reply@acme.test',
    RATE_LIMIT_FACTOR: '1000',
  }
  // this process commits, as another process of the same installation would
  const deps = await buildDeps(readSettings(env), { now: Date.now })
  onTestFinished(() => deps.db.close())
  const product = startProduct(env)
  const { organizations } = deps.repositories
  await expect.poll(() => organizations.findDefault(), { timeout: 20_000 }).not.toBeNull()
  const { id } = (await organizations.findDefault())!
  await kill(product)

  const committed: string[] = []
  for (let at = 0; at < KILLS; at++) {
    const victim = startProduct(env)
    const seen = sink.connections()
    for (let nth = 0; nth < 12; nth++) {
      const to = `bob${at}.${nth}@acme.test`
      await send(deps, id, to, Date.now)
      committed.push(to)
    }
    // somewhere among the first of them
    await expect.poll(() => sink.connections() > seen, { timeout: 20_000, interval: 20 }).toBe(true)
    await sleep(Math.random() * 250)
    await kill(victim)
  }
  await send(deps, id, 'late@acme.test', Date.now)
  const survivor = startProduct(env, ['--import', clockAheadBy(CLAIM_IS_OVER)])
  const { outboxMessages } = deps.db.tables
  const states = async () => new Set((await deps.db.query.select().from(outboxMessages)).map(({ state }) => state))
  await expect.poll(states, { timeout: 60_000, interval: 200 }).toEqual(new Set(['sent', 'expired']))
  await kill(survivor)

  const times = Map.groupBy(sink.mails, (mail) => [mail.to].flat()[0]?.text ?? '')
  expect([...times.keys()].toSorted()).toEqual(committed.toSorted())
  for (const [to, mails] of times) {
    expect([to, mails.length <= 2]).toEqual([to, true])
    expect(new Set(mails.map(({ messageId }) => messageId)).size).toBe(1)
  }
})

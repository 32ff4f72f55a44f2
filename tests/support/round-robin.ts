import { once } from 'node:events'
import http from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'

/** A process behind the proxy. */
export type Side = { port: number; isLive: boolean; kill: () => Promise<void> }

type Counted = Side & { open: number }

/** After so many requests the first process is killed without a word, as soon as it answers none. The others go on. */
const KILL_AFTER = 150
/** What development shows of messages is what one process sent: the proxy asks them all. */
const OUTBOX = '/dev/outbox'

/**
 * The smallest proxy that several processes can stand behind: each request goes to the next one that lives. It changes nothing of a
 * request or an answer.
 */
export async function startRoundRobin(port: number, behind: readonly Side[]): Promise<{ stop: () => Promise<void> }> {
  const sides: Counted[] = behind.map((side) => Object.assign(side, { open: 0 }))
  const kept: unknown[] = []
  let turn = 0
  let hasKilled = false

  const live = () => sides.filter(({ isLive }) => isLive)
  function next(): Counted {
    turn++
    if (turn > KILL_AFTER && !hasKilled) {
      hasKilled = true
      sides[0]!.isLive = false
      void endWhenIdle()
    }
    const able = live()
    return able[turn % able.length] ?? sides.at(-1)!
  }

  /** Between two of its answers: what was never answered would fail for a reason of its own. */
  async function endWhenIdle(): Promise<void> {
    const doomed = sides[0]!
    while (doomed.open > 0) await pause(5)
    kept.push(...(await messagesOf(doomed, port).catch(() => [])))
    await doomed.kill()
  }

  async function answerOutbox(outgoing: http.ServerResponse): Promise<void> {
    const lists = await Promise.all(live().map((side) => messagesOf(side, port)))
    const all = [...kept, ...lists.flat()] as { at: string }[]
    outgoing.writeHead(200, { 'content-type': 'application/json' })
    outgoing.end(JSON.stringify(all.toSorted((a, b) => b.at.localeCompare(a.at))))
  }

  const proxy = http.createServer((incoming, outgoing) => {
    if (incoming.url === OUTBOX) {
      answerOutbox(outgoing).catch(() => outgoing.destroy())
      return
    }
    const side = next()
    side.open++
    outgoing.once('close', () => side.open--)
    const { method, url, headers } = incoming
    const request = http.request({ host: '127.0.0.1', port: side.port, method, path: url, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode!, answer.headers)
      answer.pipe(outgoing)
    })
    request.once('error', () => outgoing.destroy())
    incoming.pipe(request)
  })
  proxy.listen(port)
  await once(proxy, 'listening')
  return {
    async stop() {
      proxy.closeAllConnections()
      proxy.close()
      await once(proxy, 'close')
    },
  }
}

/** What one process would have sent. It answers to the name of the proxy. */
async function messagesOf({ port }: Side, publicPort: number): Promise<unknown[]> {
  const headers = { host: `localhost:${publicPort}`, accept: 'application/json' }
  const request = http.get({ host: '127.0.0.1', port, path: OUTBOX, headers })
  const [answer] = (await once(request, 'response')) as [http.IncomingMessage]
  return JSON.parse(Buffer.concat(await answer.toArray()).toString()) as unknown[]
}

import dns, { type LookupAddress } from 'node:dns'
import http from 'node:http'
import https from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { isLoopback } from '../domain/loopback.ts'
import { OutboundRefused } from '../domain/outbound-refused.ts'
import { isLoopbackAddress, isPublicAddress } from './special-addresses.ts'

export type OutboundRequest = {
  url: string
  method?: 'GET' | 'POST'
  headers?: Record<string, string>
  body?: string
  signal?: AbortSignal
}
export type OutboundAnswer = { status: number; headers: Record<string, string | string[] | undefined>; body: string }
export type Outbound = (request: OutboundRequest) => Promise<OutboundAnswer>

type Resolve = (
  name: string,
  options: dns.LookupAllOptions,
  done: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void
type Options = { allowLoopback: boolean; patience?: number; resolve?: Resolve }

/** Milliseconds from the first packet to the last byte; bytes of an answer. */
const PATIENCE = 10_000
const MOST = 1_048_576

/**
 * The only way out to an address that somebody configured. https only; the connection goes to an address that was looked at after the name
 * was resolved, so a name that changes its mind gains nothing; no redirect is followed; time and size are bounded. With `allowLoopback`
 * this machine may be asked as well, over http too: for development.
 * @throws OutboundRefused; whatever the network throws
 */
export function createOutbound({ allowLoopback, patience = PATIENCE, resolve = dns.lookup }: Options): Outbound {
  const isAllowed = (address: string) => isPublicAddress(address) || (allowLoopback && isLoopbackAddress(address))

  const lookup: LookupFunction = (name, options, done) => {
    resolve(name, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
      if (error) return done(error, '', 0)
      const allowed = addresses.filter(({ address }) => isAllowed(address))
      // one bad address among good ones is a trick
      if (allowed.length === 0 || allowed.length < addresses.length)
        return done(new OutboundRefused('the name leads to an address that is not public'), '', 0)
      if (options.all) return done(null, allowed)
      done(null, allowed[0]!.address, allowed[0]!.family)
    })
  }

  return async ({ url: text, method = 'POST', headers = {}, body, signal }) => {
    const url = new URL(text)
    const host = url.hostname.replace(/^\[(.*)\]$/, '$1')
    // every name under it is this machine (RFC 6761 6.3), whatever a resolver says
    const isHere = isLoopback(url.hostname)
    const isPlain = url.protocol === 'http:' && allowLoopback && isHere
    if (url.protocol !== 'https:' && !isPlain) throw new OutboundRefused('only https goes out')
    if (url.username || url.password) throw new OutboundRefused('an address carries no password')
    // a literal is not resolved, so it is looked at here
    if ((isHere && !allowLoopback) || (isIP(host) !== 0 && !isAllowed(host)))
      throw new OutboundRefused('the address is not public')

    const limits = [AbortSignal.timeout(patience), ...(signal ? [signal] : [])]
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }
    const options = {
      method,
      headers: { ...headers, ...length },
      agent: false as const,
      lookup,
      signal: AbortSignal.any(limits),
    }
    return send(isPlain ? http.request(url, options) : https.request(url, options), body)
  }
}

function send(request: http.ClientRequest, body: string | undefined): Promise<OutboundAnswer> {
  return new Promise((settle, fail) => {
    request.once('error', fail)
    request.once('response', (response) => {
      const chunks: Buffer[] = []
      let size = 0
      response.once('error', fail)
      response.on('data', (chunk: Buffer) => {
        size += chunk.length
        if (size > MOST) response.destroy(new OutboundRefused('the answer is too long'))
        else chunks.push(chunk)
      })
      response.once('end', () =>
        settle({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks).toString() }),
      )
    })
    request.end(body)
  })
}

import type { IncomingMessage } from 'node:http'
import { MOST_PICTURE_BYTES } from '@vestibule/shared/picture.ts'
import { Problem } from '../domain/problem.ts'
import type { Http } from './env.ts'

/** Bytes. */
const LARGEST_BODY = 65_536

/** The one route that takes more, and only with its length stated: who sends it is asked before a byte is read. */
const largestOf = (path: string): number => (path === '/api/me/avatar' ? MOST_PICTURE_BYTES : LARGEST_BODY)

const refuse = (): never => {
  throw new Problem('body_too_large')
}

/**
 * Checked before anything is parsed. A body that states its length is judged by it, since Node reads no byte more; one that comes in
 * chunks is counted as it arrives. Out: what to wait for, where there is something.
 * @throws Problem body_too_large
 */
export function limitBody(c: Http): Promise<unknown> | undefined {
  const { method } = c.req
  if (method === 'GET' || method === 'HEAD') return undefined
  const length = c.req.header('content-length')
  const isChunked = length === undefined || c.req.header('transfer-encoding') !== undefined
  if (isChunked) return countChunks(c)
  if (Number(length) > largestOf(c.req.path)) refuse()
  return undefined
}

async function countChunks(c: Http): Promise<void> {
  const { incoming } = c.env
  if (incoming && 'on' in incoming)
    // where the adapter looks for a body that was read already
    Object.assign(incoming, { rawBody: await readChunks(incoming as IncomingMessage) })
  // without a server under it whoever asks has the whole body at hand
  else if ((await c.req.arrayBuffer()).byteLength > LARGEST_BODY) refuse()
}

/** All of a body, in one piece: chunks of one byte that wait as they came take hundreds of times their size. @throws Problem */
function readChunks(incoming: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    let body = Buffer.alloc(1024)
    let size = 0
    const take = (chunk: Buffer) => {
      if (size + chunk.length > LARGEST_BODY) {
        incoming.off('data', take)
        reject(new Problem('body_too_large'))
        return
      }
      while (size + chunk.length > body.length) body = Buffer.concat([body, Buffer.alloc(body.length)])
      size += chunk.copy(body, size)
    }
    incoming.on('data', take)
    incoming.once('end', () => resolve(body.subarray(0, size)))
    incoming.once('error', reject)
  })
}

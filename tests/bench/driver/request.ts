import type { Connection } from './connection.ts'
import type { Response } from './response.ts'

export type Content = { type: string; text: string }

export const form = (fields: Record<string, string>): Content => ({
  type: 'application/x-www-form-urlencoded',
  text: new URLSearchParams(fields).toString(),
})

export const json = (value: unknown): Content => ({ type: 'application/json', text: JSON.stringify(value) })

/**
 * Sends one request, as a relying party's server does: nothing is remembered. A request with content is a POST.
 * In: an address, headers as whole lines each ended by CRLF. Out: the response; redirects are not followed.
 */
export function request(connection: Connection, address: string, headers = '', content?: Content): Promise<Response> {
  const { host, pathname, search } = new URL(address)
  const first = `${content ? 'POST' : 'GET'} ${pathname}${search} HTTP/1.1\r\nHost: ${host}\r\n${headers}`
  if (!content) return connection.send(`${first}\r\n`)
  const length = Buffer.byteLength(content.text)
  return connection.send(`${first}Content-Type: ${content.type}\r\nContent-Length: ${length}\r\n\r\n${content.text}`)
}

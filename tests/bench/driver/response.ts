/** One HTTP response: header names in lower case, `set-cookie` kept apart because it may come several times. */
export type Response = { status: number; headers: Map<string, string>; cookies: string[]; body: string }

const END_OF_HEAD = Buffer.from('\r\n\r\n')

/**
 * Reads one whole HTTP/1.1 response from the start of the bytes received so far.
 * In: bytes. Out: the response and how many bytes it took, or null while some are missing. Throws when it is not HTTP/1.1.
 */
export function parseResponse(bytes: Buffer): { response: Response; length: number } | null {
  const end = bytes.indexOf(END_OF_HEAD)
  if (end < 0) return null
  const lines = bytes.toString('latin1', 0, end).split('\r\n')
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(lines[0] ?? '')?.[1])
  if (!status) throw new Error(`not a response: ${lines[0]}`)

  const headers = new Map<string, string>()
  const cookies: string[] = []
  for (const line of lines.slice(1)) {
    const colon = line.indexOf(':')
    const name = line.slice(0, colon).toLowerCase()
    const value = line.slice(colon + 1).trim()
    if (name === 'set-cookie') cookies.push(value)
    else headers.set(name, value)
  }

  const start = end + END_OF_HEAD.length
  if (status === 204 || status === 304) return { response: { status, headers, cookies, body: '' }, length: start }
  const body =
    headers.get('transfer-encoding') === 'chunked' ? parseChunks(bytes, start) : parseSized(bytes, start, headers)
  return body && { response: { status, headers, cookies, body: body.text }, length: body.end }
}

type Body = { text: string; end: number } | null

function parseSized(bytes: Buffer, start: number, headers: Map<string, string>): Body {
  const length = Number(headers.get('content-length'))
  if (Number.isNaN(length)) throw new Error('a response without a length')
  return bytes.length < start + length
    ? null
    : { text: bytes.toString('utf8', start, start + length), end: start + length }
}

function parseChunks(bytes: Buffer, start: number): Body {
  const parts: Buffer[] = []
  for (let at = start; ; ) {
    const line = bytes.indexOf('\r\n', at)
    if (line < 0) return null
    const size = Number.parseInt(bytes.toString('latin1', at, line), 16)
    const next = line + 2 + size + 2
    if (bytes.length < next) return null
    if (size === 0) return { text: Buffer.concat(parts).toString(), end: next }
    parts.push(bytes.subarray(line + 2, line + 2 + size))
    at = next
  }
}

/** What stands where something was that nobody but its owner may read. */
export const HIDDEN = '***'

/** Of what was sent, no more than this is kept. Characters. */
const LONGEST = 300

/** What opens something: ours behind their prefixes, and what anybody signed or hashed. */
const OPENERS =
  /v(?:[a-z]|dc|s)_[A-Za-z0-9_-]{8,}|urn:ietf:params:oauth:request_uri:\S+|eyJ[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]*)*|[A-Za-z0-9_-]{40,}/g

/** Shorter values would be found in words. */
const SHORTEST_SECRET = 4

/**
 * What a stranger or an application sent, as its developer may read it: without the values in `secrets`, wherever they stand, without what
 * looks like a secret of anybody, without control characters, and not for long.
 */
export function redacted(text: string, secrets: readonly string[] = []): string {
  let shown = text
  for (const secret of secrets.toSorted((one, other) => other.length - one.length))
    if (secret.length >= SHORTEST_SECRET) shown = shown.replaceAll(secret, HIDDEN)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what goes
  shown = shown.replaceAll(OPENERS, HIDDEN).replaceAll(/[\u0000-\u001f\u007f]/g, '?')
  return shown.length > LONGEST ? `${shown.slice(0, LONGEST)}...` : shown
}

/** The same of an address: without who and what stands before the @, behind the # and in the query, but for what is registered so. */
export function redactedUri(uri: string, registered: string, secrets: readonly string[] = []): string {
  const [start = '', fragment] = uri.split(/#(.*)/s)
  const [front = '', query] = start.split(/\?(.*)/s)
  const place = front.replace(/^([^/]*\/\/)[^/]*@/, `$1${HIDDEN}@`)
  const known = new Set((registered.split(/\?(.*)/s)[1] ?? '').split('&'))
  const pairs = query?.split('&').map((pair) => (known.has(pair) ? pair : pair.replace(/=.*$/s, `=${HIDDEN}`)))
  const shown = place + (pairs ? `?${pairs.join('&')}` : '') + (fragment === undefined ? '' : `#${HIDDEN}`)
  return redacted(shown, secrets)
}

/** The registered address that has most in common with this one, from the front. */
export const nearest = (asked: string, registered: readonly string[]): string | null =>
  registered.toSorted((one, other) => differsAt(other, asked) - differsAt(one, asked))[0] ?? null

/** Where two texts begin to differ; the length of the shorter one where that is the beginning of the other. */
export function differsAt(one: string, other: string): number {
  let at = 0
  while (at < one.length && at < other.length && one[at] === other[at]) at++
  return at
}

import { finding, OAuthError } from './oauth-error.ts'

/** Longer than this and a parameter is refused before anything reads it. Characters. */
const CAPS: Record<string, number> = {
  scope: 4096,
  state: 2048,
  nonce: 1024,
  redirect_uri: 2048,
  post_logout_redirect_uri: 2048,
  claims: 4096,
  id_token_hint: 8192,
  client_assertion: 8192,
  assertion: 8192,
}
const OTHERS = 4096

/** Parameters of an OAuth request: an empty value counts as omitted, one sent twice is known as such. */
export type Parameters = {
  get(name: string): string | null
  isRepeated(name: string): boolean
  repeated: readonly string[]
  /** Single values only. */
  all(): Record<string, string>
  /** The same, and those that are empty, in their order. */
  each(): Iterable<[string, string]>
}

/** Reads `application/x-www-form-urlencoded` text (RFC 6749 3.1, 3.2). Names are case-sensitive. */
export function readParameters(text: string): Parameters {
  const values = new Map<string, string>()
  const repeated = new Set<string>()
  for (const [name, value] of new URLSearchParams(text)) {
    if (values.has(name)) repeated.add(name)
    values.set(name, value)
  }
  return parametersOf(values, [...repeated])
}

export const storedParameters = (values: Record<string, string>): Parameters =>
  parametersOf(new Map(Object.entries(values)), [])

function parametersOf(values: ReadonlyMap<string, string>, repeated: readonly string[]): Parameters {
  return {
    get: (name) => values.get(name) || null,
    isRepeated: (name) => repeated.includes(name),
    repeated,
    each: () => values,
    all: () => Object.fromEntries([...values].filter(([, value]) => value !== '')),
  }
}

/** A NUL byte is refused everywhere: no parameter can mean anything by it, and a database may not store it. */
export const hasNul = (value: string): boolean => value.includes('\0')

/**
 * @throws OAuthError invalid_request for a repeated parameter (RFC 6749 3.1) or a NUL byte, invalid_request or invalid_scope for one
 * too long
 */
export function mustBeWellFormed(parameters: Parameters): void {
  if (parameters.repeated.length > 0)
    throw new OAuthError(
      'invalid_request',
      'a parameter was sent more than once',
      finding('parameters', 'repeated', { got: parameters.repeated.join(' ') }),
    )
  for (const [name, value] of parameters.each()) {
    if (hasNul(value))
      throw new OAuthError(
        'invalid_request',
        'a parameter holds a NUL byte',
        finding('parameters', 'malformed', { got: name }),
      )
    const most = CAPS[name] ?? OTHERS
    if (value.length <= most) continue
    const code = name === 'scope' ? 'invalid_scope' : 'invalid_request'
    const compared = { expected: `${most}`, got: `${name} ${value.length}` }
    throw new OAuthError(code, 'a parameter is too long', finding('parameters', 'too_long', compared))
  }
}

/** `ui_locales`, best first (OpenID Connect Core 3.1.2.1). */
export const uiLocalesOf = (parameters: Parameters): string[] =>
  (parameters.get('ui_locales') ?? '').split(' ').filter(Boolean).slice(0, 20)

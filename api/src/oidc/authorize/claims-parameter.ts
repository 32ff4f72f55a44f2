import { ASSURANCES, type Assurance } from '../../domain/auth-request.ts'
import { CLAIM_NAMES, type ClaimsRequest } from '../../domain/claims.ts'
import { finding, OAuthError } from '../oauth-error.ts'
import type { Parameters } from '../parameters.ts'

type Asked = { essential?: unknown; value?: unknown; values?: unknown } | null
type Section = Record<string, Asked>

export type AskedClaims = { claims: ClaimsRequest | null; subject: string | null; essentialAcr: string[] | null }

/** The `claims` parameter (OpenID Connect Core 5.5). Unknown claims are ignored; an essential one that is absent is no error. */
export function askedClaims(parameters: Parameters): AskedClaims {
  const text = parameters.get('claims')
  if (text === null) return { claims: null, subject: null, essentialAcr: null }
  const asked = object(parse(text))
  const userinfo = section(asked.userinfo)
  const idToken = section(asked.id_token)
  return {
    claims: { userinfo: known(userinfo), idToken: known(idToken) },
    subject: subjectOf(userinfo, idToken),
    essentialAcr: essentialAcr(idToken.acr ?? null),
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new OAuthError('invalid_request', 'claims is not JSON', finding('claims', 'malformed'))
  }
}

function object(value: unknown): Record<string, unknown> {
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    throw new OAuthError('invalid_request', 'claims is not a JSON object', finding('claims', 'malformed'))
  return Object.assign(Object.create(null) as Record<string, unknown>, value)
}

const section = (value: unknown): Section => (value === undefined ? {} : (object(value) as Section))
const known = (asked: Section): string[] => CLAIM_NAMES.filter((name) => Object.hasOwn(asked, name))

/** OpenID Connect Core 2: at most 255 ASCII characters. */
const SUBJECT = /^[\x20-\x7e]{1,255}$/

/** A value asked of `sub` names the only person who may finish (OpenID Connect Core 5.5.1). */
function subjectOf(...sections: Section[]): string | null {
  const values = new Set(sections.map((asked) => asked.sub?.value).filter((value) => value !== undefined))
  if (values.size === 0) return null
  const [value] = values
  if (values.size > 1 || typeof value !== 'string' || !SUBJECT.test(value))
    throw new OAuthError(
      'invalid_request',
      'claims does not name one subject',
      finding('claims', 'malformed', { got: 'sub' }),
    )
  return value
}

function essentialAcr(asked: Asked): string[] | null {
  if (asked?.essential !== true) return null
  const values = asked.values ?? (asked.value === undefined ? [] : [asked.value])
  if (!Array.isArray(values) || values.length === 0) return null
  return values.filter((value) => typeof value === 'string')
}

const isAssurance = (value: string): value is Assurance => ASSURANCES.some((assurance) => assurance === value)

/**
 * What the application needs: the first value we know of an essential `acr`, or of `acr_values`.
 * @throws OAuthError unmet_authentication_requirements when an essential one names nothing we know
 */
export function requiredAssurance(parameters: Parameters, essential: string[] | null): Assurance | null {
  if (essential) {
    const found = essential.find(isAssurance)
    if (!found) {
      const compared = { expected: ASSURANCES.join(' '), got: essential.join(' ') }
      throw new OAuthError(
        'unmet_authentication_requirements',
        'the asked acr is not known here',
        finding('acr', 'unsupported', compared),
      )
    }
    return found
  }
  return (parameters.get('acr_values') ?? '').split(' ').find(isAssurance) ?? null
}

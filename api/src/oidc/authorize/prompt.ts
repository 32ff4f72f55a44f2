import { PROMPTS, type Prompt } from '../../domain/auth-request.ts'
import { finding, OAuthError } from '../oauth-error.ts'
import type { Parameters } from '../parameters.ts'

/** `prompt` (OpenID Connect Core 3.1.2.1): values combine, unknown ones are ignored, `none` stands alone. */
export function prompts(parameters: Parameters): Prompt[] {
  const values = (parameters.get('prompt') ?? '').split(' ').filter(Boolean)
  if (values.includes('none') && values.length > 1)
    throw new OAuthError(
      'invalid_request',
      'prompt none stands alone',
      finding('prompt', 'malformed', { got: values.join(' ') }),
    )
  return PROMPTS.filter((prompt) => values.includes(prompt))
}

/** `max_age` in seconds. */
export function maxAge(parameters: Parameters): number | null {
  const value = parameters.get('max_age')
  if (value === null) return null
  if (!/^[0-9]{1,10}$/.test(value))
    throw new OAuthError(
      'invalid_request',
      'max_age must be a whole number of seconds',
      finding('max_age', 'malformed', { got: value }),
    )
  return Number(value)
}

import type { TracePath } from '@vestibule/shared/trace.ts'
import type { Deps, KnownApplication } from '../deps.ts'
import { DEVICE_GRANT, JWT_BEARER } from '../domain/application.ts'
import { SECRET_PARAMETERS } from '../domain/traces/trace.ts'
import { OAuthError, UntrustedRequest } from '../oidc/oauth-error.ts'
import type { Parameters } from '../oidc/parameters.ts'
import { noteTrace } from '../use-cases/traces/note-trace.ts'
import type { Http } from './env.ts'
import type { TraceLimit } from './trace-limit.ts'

export type Tracing = ReturnType<typeof createTracing>

type Refused = {
  path: TracePath
  /** Null where the form itself was refused. */
  parameters: Parameters | null
  client?: Pick<KnownApplication, 'id' | 'organizationId'> | null
  clientId?: string | null
}

/** Notes why requests of the protocol were refused, for the developers of applications, under the name that the answer says. */
export function createTracing(deps: Deps, limit: TraceLimit) {
  return {
    /** Anything but a refusal leaves no trace here. */
    async note(c: Http, error: unknown, { path, parameters, client = null, clientId }: Refused): Promise<void> {
      if (!(error instanceof OAuthError) || error.finding === null) return
      const { requestId: id, address } = c.env.visit
      const said = clientId ?? parameters?.get('client_id') ?? null
      if (!limit.take(said, address)) return deps.tallies.traces.add('dropped')
      const known = client ?? (error instanceof UntrustedRequest ? error.client : null)
      const secrets = secretsOf(c, parameters)
      await noteTrace(deps, { id, path, error: error.code, client: known, clientId: said, secrets, ...error.finding })
    },
  }
}

/** What came in headers is as secret as what came in the form. */
function secretsOf(c: Http, parameters: Parameters | null): string[] {
  const { authorization = '', dpop = '' } = c.req.header()
  const credentials = authorization.split(' ').at(-1) ?? ''
  const basic = Buffer.from(credentials, 'base64').toString('utf8').split(/:(.*)/s)[1] ?? ''
  const sent = SECRET_PARAMETERS.map((name) => parameters?.get(name) ?? '')
  return [credentials, basic, decoded(basic), dpop, ...sent].filter((secret) => secret !== '')
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return ''
  }
}

const GRANTS: Record<string, TracePath> = {
  authorization_code: 'token_authorization_code',
  refresh_token: 'token_refresh_token',
  client_credentials: 'token_client_credentials',
  [JWT_BEARER]: 'token_jwt_bearer',
  [DEVICE_GRANT]: 'token_device_code',
}

/** A token request is checked for what its grant wants. */
export const tokenPath = (parameters: Parameters | null): TracePath =>
  Object.entries(GRANTS).find(([grant]) => grant === parameters?.get('grant_type'))?.[1] ?? 'token'

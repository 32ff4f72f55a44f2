import { createProver, type Prover } from './proofs.ts'
import { newPkce, postForm } from './relying-party.ts'
import type { ApplicationOptions, World } from './world.ts'

export const CHALLENGE = '/oauth/v2/authorize-challenge'

/** What the endpoint answers, whatever it is. */
export type ChallengeBody = {
  error?: string
  auth_session?: string
  authorization_code?: string
  next?: string
  methods?: string[]
  problem?: string
  request_uri?: string
  trace_id?: string
} & Record<string, unknown>

export const addGame = (world: Pick<World, 'addApplication'>, options: ApplicationOptions = {}) =>
  world.addApplication('game', {
    type: 'native',
    redirectUris: ['com.acme.game:/cb'],
    ...options,
    settings: { firstParty: true, ...options.settings },
  })

/** A game that draws the forms of the login itself, with a key of its own. It remembers the auth session, as its client does. */
export async function createGame(
  world: World,
  { clientId = 'game', prover }: { clientId?: string; prover?: Prover } = {},
) {
  const key = prover ?? (await createProver(world))
  const { verifier, challenge } = newPkce()
  const pkce = { code_challenge: challenge, code_challenge_method: 'S256' }
  let authSession: string | undefined

  const post = async (path: string, form: Record<string, string>, headers: Record<string, string> = {}) =>
    postForm(world, path, { client_id: clientId, ...form }, { dpop: await key.prove('POST', path), ...headers })

  async function send(form: Record<string, string>, headers?: Record<string, string>) {
    const response = await post(CHALLENGE, form, headers)
    const body = (await response.clone().json()) as ChallengeBody
    authSession = body.auth_session
    return { response, status: response.status, body, headers: response.headers }
  }

  return {
    key,
    post,
    /** What it holds now. */
    authSession: () => authSession ?? '',
    send,
    begin: (more: Record<string, string> = {}, headers?: Record<string, string>) =>
      send({ response_type: 'code', scope: 'openid', ...pkce, ...more }, headers),
    next: (more: Record<string, string>, headers?: Record<string, string>) =>
      send({ auth_session: authSession ?? '', ...more }, headers),
    redeem: (code = '', more: Record<string, string> = {}) =>
      post('/oauth/v2/token', { grant_type: 'authorization_code', code, code_verifier: verifier, ...more }),
  }
}

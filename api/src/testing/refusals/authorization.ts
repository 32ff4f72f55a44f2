import type { TraceCheck, TraceReason } from '@vestibule/shared/trace.ts'
import { change } from '../change.ts'
import { createProver } from '../proofs.ts'
import { authorizePath, authorizeQuery, basic, postForm } from '../relying-party.ts'
import type { Scene } from '../scene.ts'
import type { Refusal } from './refusal.ts'

const CHALLENGE = { code_challenge: 'a'.repeat(43), code_challenge_method: 'S256' }

/** One parameter that is wrong, and the check that says so: the same at the authorization endpoint and when it is pushed. In their order. */
export const WRONG_PARAMETERS: [check: TraceCheck, reason: TraceReason, parameters: Record<string, string>][] = [
  ['parameters', 'too_long', { nonce: 'n'.repeat(1025) }],
  ['unsupported', 'unsupported', { registration: '{}' }],
  ['response_mode', 'unsupported', { response_mode: 'jwt' }],
  ['response_type', 'unsupported', { response_type: 'token' }],
  ['code_challenge', 'unsupported', { ...CHALLENGE, code_challenge_method: 'plain' }],
  ['scope', 'unknown', { scope: 'openid urn:vestibule:org:id:org_unknown' }],
  ['claims', 'malformed', { claims: 'sub' }],
  ['resource', 'unknown', { resource: 'https://api.test' }],
  ['dpop_key', 'malformed', { dpop_jkt: 'short' }],
  ['prompt', 'malformed', { prompt: 'none login' }],
  ['max_age', 'malformed', { max_age: '-1' }],
  ['id_token_hint', 'wrong', { id_token_hint: 'not.a.token' }],
  ['acr', 'unsupported', { claims: '{"id_token":{"acr":{"essential":true,"value":"gold"}}}' }],
]

const push = ({ world }: Scene, parameters: Record<string, string | null> = {}, headers = {}) =>
  postForm(world, '/oauth/v2/par', authorizeQuery('ledger', parameters).toString(), {
    authorization: basic('ledger'),
    ...headers,
  })

/** Pushing is required from now on. */
async function requirePushing({ world, ledger }: Scene) {
  await change(world, 'applications', ledger.id, { settings: { ...ledger.settings, requirePushedRequests: true } })
}

export const AUTHORIZE: Refusal[] = [
  ['authorize', 'form', 'not_allowed', ({ world }) => postForm(world, authorizePath('ledger'), '')],
  ['authorize', 'client', 'missing', ({ authorize }) => authorize({ client_id: null })],
  ['authorize', 'client', 'unknown', ({ authorize }) => authorize({ client_id: 'nobody' })],
  ['authorize', 'client', 'repeated', ({ browser }) => browser.get(`${authorizePath('ledger')}&client_id=ledger`)],
  [
    'authorize',
    'request_uri',
    'unknown',
    ({ authorize }) => authorize({ request_uri: 'urn:ietf:params:oauth:request_uri:old' }),
  ],
  ['authorize', 'redirect_uri', 'missing', ({ authorize }) => authorize({ redirect_uri: null })],
  ['authorize', 'redirect_uri', 'mismatch', ({ authorize }) => authorize({ redirect_uri: 'https://rp.test/cb/' })],
  ['authorize', 'pushed', 'missing', async (scene) => requirePushing(scene).then(() => scene.authorize())],
  ['authorize', 'session', 'interaction', ({ authorize }) => authorize({ prompt: 'none' })],
  ...WRONG_PARAMETERS.map(
    ([check, reason, wrong]): Refusal => ['authorize', check, reason, ({ authorize }) => authorize(wrong)],
  ),
  [
    'authorize',
    'unsupported',
    'unsupported',
    ({ world }) => postForm(world, '/oauth/v2/authorize', authorizeQuery('ledger', { request: 'e.f.g' }).toString()),
  ],
]

export const PAR: Refusal[] = [
  ['par', 'form', 'not_allowed', ({ world }) => postForm(world, '/oauth/v2/par?x=1', '')],
  ['par', 'client', 'wrong', (scene) => push(scene, {}, { authorization: basic('ledger', 'another secret') })],
  ['par', 'dpop_proof', 'malformed', (scene) => push(scene, {}, { dpop: 'x' })],
  ['par', 'request_uri', 'unsupported', (scene) => push(scene, { request_uri: 'https://rp.test/request' })],
  ['par', 'redirect_uri', 'mismatch', (scene) => push(scene, { redirect_uri: 'https://evil.test' })],
  ...WRONG_PARAMETERS.map(([check, reason, wrong]): Refusal => ['par', check, reason, (scene) => push(scene, wrong)]),
  [
    'par',
    'dpop_binding',
    'mismatch',
    async (scene) => {
      const { prove } = await createProver(scene)
      return push(scene, { dpop_jkt: 'a'.repeat(43) }, { dpop: await prove('POST', '/oauth/v2/par') })
    },
  ],
]

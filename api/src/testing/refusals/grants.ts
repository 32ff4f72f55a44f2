import type { TracePath } from '@vestibule/shared/trace.ts'
import { change } from '../change.ts'
import { basic, postForm, tokenRequest } from '../relying-party.ts'
import type { Scene } from '../scene.ts'
import type { Refusal } from './refusal.ts'

export const TOKEN = '/oauth/v2/token'
export type Form = Record<string, string>
export const asks =
  (form: Form, headers: Form = {}) =>
  ({ world }: Scene) =>
    tokenRequest(world, 'ledger', form, headers)

/** Bob signs in, and the code is redeemed with this besides. */
const redeems =
  (more: Form, asked: Form = {}) =>
  async ({ redeem, signIn }: Scene) =>
    redeem(await signIn(asked), more)

const PKCE = { code_challenge: 'a'.repeat(43), code_challenge_method: 'S256' }

/** What every grant is checked for before its own. */
export const common = (path: TracePath, grant_type: string): Refusal[] => [
  [path, 'parameters', 'repeated', ({ world }) => postForm(world, TOKEN, `grant_type=${grant_type}&scope=a&scope=b`)],
  [path, 'client', 'wrong', asks({ grant_type }, { authorization: basic('ledger', 'another') })],
  [
    path,
    'grant_type',
    'not_allowed',
    async ({ world, ledger }) => {
      await change(world, 'applications', ledger.id, { grantTypes: [] })
      return tokenRequest(world, 'ledger', { grant_type })
    },
  ],
  [
    path,
    'dpop_proof',
    'malformed',
    async ({ world, ledger }) => {
      await change(world, 'applications', ledger.id, { grantTypes: [grant_type as never] })
      return tokenRequest(world, 'ledger', { grant_type }, { dpop: 'x' })
    },
  ],
]

export const CODE: Refusal[] = [
  ...common('token_authorization_code', 'authorization_code'),
  ['token_authorization_code', 'code', 'missing', asks({ grant_type: 'authorization_code' })],
  ['token_authorization_code', 'code', 'malformed', asks({ grant_type: 'authorization_code', code: 'x' })],
  ['token_authorization_code', 'code', 'unknown', ({ redeem }) => redeem(`vc_${'A'.repeat(43)}`)],
  [
    'token_authorization_code',
    'code',
    'used',
    async ({ signIn, redeem }) => {
      const code = await signIn()
      await redeem(code)
      return redeem(code)
    },
  ],
  [
    'token_authorization_code',
    'code',
    'expired',
    async ({ signIn, redeem, clock }) => {
      const code = await signIn()
      clock.advance(61)
      return redeem(code)
    },
  ],
  ['token_authorization_code', 'redirect_uri', 'mismatch', redeems({ redirect_uri: 'https://rp.test/CB' })],
  ['token_authorization_code', 'dpop_binding', 'missing', redeems({}, { dpop_jkt: 'a'.repeat(43) })],
  ['token_authorization_code', 'code_verifier', 'missing', redeems({}, PKCE)],
  ['token_authorization_code', 'code_verifier', 'wrong', redeems({ code_verifier: 'b'.repeat(43) }, PKCE)],
  ['token_authorization_code', 'code_verifier', 'not_allowed', redeems({ code_verifier: 'b'.repeat(43) })],
  [
    'token_authorization_code',
    'grant',
    'ended',
    async ({ world, userId, signIn, redeem }) => {
      const code = await signIn()
      await change(world, 'users', userId, { state: 'deactivated' })
      return redeem(code)
    },
  ],
  ['token_authorization_code', 'resource', 'mismatch', redeems({ resource: 'https://api.test' })],
]

/** Bob is signed in, and his refresh token is used with this besides, after that. */
const refreshes =
  (more: Form, meanwhile: (scene: Scene) => unknown = () => {}) =>
  async (scene: Scene) => {
    const tokens = await scene.tokens({ scope: 'openid offline_access' })
    await meanwhile(scene)
    return scene.refresh(tokens, more)
  }

export const REFRESH: Refusal[] = [
  ...common('token_refresh_token', 'refresh_token'),
  ['token_refresh_token', 'refresh_token', 'missing', asks({ grant_type: 'refresh_token' })],
  ['token_refresh_token', 'refresh_token', 'unknown', refreshes({ refresh_token: `vr_${'A'.repeat(43)}` })],
  ['token_refresh_token', 'refresh_token', 'expired', refreshes({}, ({ clock }) => clock.advance(31 * 86_400))],
  [
    'token_refresh_token',
    'refresh_token',
    'used',
    async ({ tokens, refresh }) => {
      const first = await tokens({ scope: 'openid offline_access' })
      await refresh(first)
      return refresh(first)
    },
  ],
  [
    'token_refresh_token',
    'grant',
    'ended',
    refreshes({}, ({ world, userId }) => change(world, 'users', userId, { state: 'deactivated' })),
  ],
  [
    'token_refresh_token',
    'dpop_binding',
    'missing',
    refreshes({}, ({ deps }) => deps.db.query.update(deps.db.tables.refreshTokens).set({ dpopJkt: 'a'.repeat(43) })),
  ],
  ['token_refresh_token', 'scope', 'not_allowed', refreshes({ scope: 'openid phone' })],
  ['token_refresh_token', 'resource', 'mismatch', refreshes({ resource: 'https://api.test' })],
]

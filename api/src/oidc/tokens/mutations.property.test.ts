import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createProver } from '../../testing/proofs.ts'
import { createScene } from '../../testing/scene.ts'
import { findAccessToken } from '../../use-cases/grants/find-access-token.ts'
import { proofKey } from '../dpop/proof.ts'
import { OAuthError } from '../oauth-error.ts'
import { accessTokenKey } from './access-token.ts'
import { verifyOwnJwt } from './verify-own-jwt.ts'

/** One to three bytes of a token changed, added or taken away, in what an attacker may send in a header. */
const changes = fc.array(
  fc.record({
    where: fc.double({ min: 0, max: 1, noNaN: true }),
    put: fc.string({ unit: fc.constantFrom(...'ABCabc019-_.=+/ \\%'.split('')), maxLength: 3 }),
    take: fc.nat(2),
  }),
  { minLength: 1, maxLength: 3 },
)
type Changes = typeof changes extends fc.Arbitrary<infer T> ? T : never
const mutate = (token: string, all: Changes): string =>
  all.reduce((text, { where, put, take }) => {
    const at = Math.floor(where * text.length)
    return text.slice(0, at) + put + text.slice(at + take)
  }, token)

test.each(['RS256', 'ES256', 'EdDSA'] as const)(
  'G12 no change of a byte leaves a JWT of %s valid',
  async (algorithm) => {
    const { deps } = await createScene()
    const token = await deps.keys.sign(algorithm, 'JWT', { iss: 'x', sub: 'y', exp: 1 })
    expect(await verifyOwnJwt(deps, token, 'JWT')).toMatchObject({ sub: 'y' })
    await fc.assert(
      fc.asyncProperty(changes, async (all) => {
        const other = mutate(token, all)
        fc.pre(other !== token)
        expect(await verifyOwnJwt(deps, other, 'JWT')).toBeNull()
      }),
      { numRuns: 1_500 },
    )
  },
)

test.each(['opaque', 'jwt'] as const)(
  'G10 no change of a byte leaves an %s access token valid',
  async (accessTokenFormat) => {
    const { deps, tokens } = await createScene({ application: { settings: { accessTokenFormat } } })
    const { access_token: token } = await tokens()
    const find = async (text: string) => {
      const key = await accessTokenKey(deps, text)
      return key && findAccessToken(deps, key)
    }
    expect(await find(token)).not.toBeNull()
    await fc.assert(
      fc.asyncProperty(changes, async (all) => {
        const other = mutate(token, all)
        fc.pre(other !== token)
        expect(await find(other)).toBeNull()
      }),
      { numRuns: 1_000 },
    )
  },
)

test('DP4 no change of a byte leaves a proof valid', async () => {
  const { deps, clock } = await createScene()
  const { prove } = await createProver({ clock })
  const proof = await prove('POST', '/oauth/v2/token')
  const present = (text: string) =>
    proofKey(deps, { proof: text, method: 'POST', url: 'http://localhost:3000/oauth/v2/token' })
  await fc.assert(
    fc.asyncProperty(changes, async (all) => {
      const other = mutate(proof, all)
      fc.pre(other !== proof)
      await expect(present(other)).rejects.toBeInstanceOf(OAuthError)
    }),
    { numRuns: 1_000 },
  )
  expect(await present(proof)).not.toBeNull()
})

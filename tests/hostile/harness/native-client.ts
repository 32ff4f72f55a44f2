import { randomUUID } from 'node:crypto'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { newAddress } from './browser.ts'
import { type Answer, type Door, json, send } from './http.ts'
import { application } from './people.ts'
import { newPkce, type Values } from './relying-party.ts'

const CHALLENGE = '/oauth/v2/authorize-challenge'

/** A game that draws the forms of the login itself. */
export const GAME = application({
  clientId: 'game',
  type: 'native',
  redirectUris: ['org.example.game:/cb'],
  settings: { firstParty: true },
})

/** What it sends, with a key of its own. It remembers the auth session. */
export async function createGame(door: Door, clientId = 'game') {
  const { publicKey, privateKey } = await generateKeyPair('ES256')
  const jwk = await exportJWK(publicKey)
  let authSession = ''

  const prove = () =>
    new SignJWT({ jti: randomUUID(), htm: 'POST', htu: door.issuer + CHALLENGE })
      .setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', jwk })
      .setIssuedAt()
      .sign(privateKey)

  async function say(form: Values, at: Door = door): Promise<Answer> {
    const answer = await send(at, {
      method: 'POST',
      path: CHALLENGE,
      body: new URLSearchParams({ client_id: clientId, ...form }).toString(),
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'x-forwarded-for': newAddress(),
        dpop: await prove(),
      },
    })
    authSession = json(answer).auth_session ?? ''
    return answer
  }

  return {
    authSession: () => authSession,
    say,
    begin: (more: Values = {}) => {
      const pkce = { code_challenge: newPkce().challenge, code_challenge_method: 'S256' }
      return say({ response_type: 'code', scope: 'openid', ...pkce, ...more })
    },
    next: (more: Values, at?: Door) => say({ auth_session: authSession, ...more }, at),
  }
}

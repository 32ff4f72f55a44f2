import { hash } from 'node:crypto'
import { createBrowser, redirectOf } from '../hostile/harness/browser.ts'
import type { Door } from '../hostile/harness/http.ts'
import { passwordOf } from '../hostile/harness/people.ts'
import { claimsOf, createRelyingParty, type Endpoints, type Tokens } from '../hostile/harness/relying-party.ts'
import { ME } from '../hostile/paths.ts'
import type { Acknowledged } from './oracle.ts'

/** As the rows name a code or token. */
const hashOf = (token: string) => hash('sha256', token, 'base64url')

type Options = {
  door: Door
  endpoints: Endpoints
  name: string
  note: (effect: Acknowledged) => void
  remember: (secret: string) => void
  goesOn: () => boolean
}

/**
 * One person with one browser, who signs in, is redirected, renews, and signs out, again and again. Only what the server acknowledged is
 * noted; what fails on the way is tried anew from the beginning.
 */
export async function visit({ door, endpoints, name, note, remember, goesOn }: Options): Promise<void> {
  const rp = createRelyingParty(door, endpoints)
  remember(passwordOf(name))
  let browser = createBrowser(door)

  async function redeem(code: string): Promise<Tokens | null> {
    const answer = await rp.redeem('clientConf', code)
    if (answer.status !== 200) return null
    const tokens = JSON.parse(answer.body) as Tokens
    for (const secret of [code, tokens.access_token, tokens.refresh_token, tokens.id_token]) remember(secret)
    note({ kind: 'redeemed', code: hashOf(code), refresh: hashOf(tokens.refresh_token) })
    return tokens
  }

  while (goesOn()) {
    try {
      const request = await browser.open(rp.authorizePath('clientConf', { prompt: 'login', login_hint: name }))
      const done = await browser.signIn(request, name, passwordOf(name))
      const code = redirectOf(done).searchParams.get('code')
      if (!code) continue
      let tokens = await redeem(code)
      if (!tokens) continue
      const session = String(claimsOf(tokens.id_token).sid)
      note({ kind: 'signed_in', session })
      for (let turn = 0; turn < 3 && goesOn(); turn++) {
        const silent = redirectOf(await rp.silently(browser, 'clientConf')).searchParams.get('code')
        if (silent) await redeem(silent)
        const used = tokens.refresh_token
        const answer = await rp.refresh('clientConf', used)
        if (answer.status !== 200) break
        tokens = JSON.parse(answer.body) as Tokens
        note({ kind: 'refreshed', used: hashOf(used), refresh: hashOf(tokens.refresh_token) })
      }
      await browser.get('/account')
      if ((await browser.call(ME.signOut())).status === 200) note({ kind: 'signed_out', session })
    } catch {
      // the server is away, or an answer was lost: start over as somebody new would
      browser = createBrowser(door)
      if (goesOn()) await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
}

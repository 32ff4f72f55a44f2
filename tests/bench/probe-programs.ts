import { Browser } from './driver/browser.ts'
import { Connection } from './driver/connection.ts'
import { check } from './driver/expect.ts'
import type { Response } from './driver/response.ts'
import { codeFrom } from './flows/authorize.ts'
import { createProver, open, push } from './flows/bound.ts'
import { actForItself, introspect, revoke } from './flows/programs.ts'
import type { Running } from './flows/running.ts'
import { SCOPE, signIn } from './flows/sign-in.ts'
import { askForTokens, codeGrant, readTokens } from './flows/token.ts'
import { USERS, type User } from './world.ts'

/**
 * Holds that a server does the work it is timed for: it refuses a wrong secret, a proof that it saw, a code without the key it is bound to
 * and a pushed request that was used, and says of a revoked token that it is inactive.
 */
export async function probePrograms(running: Running): Promise<void> {
  const connection = await Connection.open(running.port)
  try {
    await refusesWrongSecret(connection, running)
    await forgetsRevoked(connection, running)
    await refusesUsed(new Browser(connection, running.origin), running)
  } finally {
    connection.close()
  }
}

async function refusesWrongSecret(connection: Connection, running: Running): Promise<void> {
  const client = { ...running.client, secret: `${running.client.secret}!` }
  const answer = await askForTokens(connection, running, { grant_type: 'client_credentials' }, { client })
  refused(running, answer, 'invalid_client')
}

async function forgetsRevoked(connection: Connection, running: Running): Promise<void> {
  const token = await actForItself(connection, running)
  check((await introspect(connection, running, token)).active, 'a token that is not active')
  await revoke(connection, running, token)
  check(!(await introspect(connection, running, token)).active, `${running.subject.name} revoked nothing`)
}

async function refusesUsed(browser: Browser, running: Running): Promise<void> {
  await signIn(browser, running, USERS.at(-1) as User)
  const { connection } = browser
  const prove = createProver()
  const begin = async () => {
    const { sent, requestUri } = await push(connection, running, SCOPE, prove)
    return {
      sent,
      requestUri,
      grant: codeGrant(codeFrom(await open(browser, running, requestUri), running, sent), sent),
    }
  }
  const stolen = await begin()
  refused(running, await askForTokens(connection, running, stolen.grant), 'invalid_grant', 'invalid_dpop_proof')
  const { sent, requestUri, grant } = await begin()
  const proven = { headers: prove('POST', running.metadata.token_endpoint) }
  await readTokens(await askForTokens(connection, running, grant, proven), running, { nonce: sent.nonce, type: 'DPoP' })
  const again = await askForTokens(connection, running, { grant_type: 'client_credentials' }, proven)
  refused(running, again, 'invalid_grant', 'invalid_dpop_proof')
  const outcome = await open(browser, running, requestUri).catch((error: unknown) => error)
  check(!`${outcome}`.includes('code='), `${running.subject.name} opened a used request`)
}

function refused(running: Running, { status, body }: Response, ...errors: string[]): void {
  const isRefused = status >= 400 && errors.includes(JSON.parse(body).error)
  check(isRefused, `${running.subject.name} answered ${status} ${body} where ${errors.join(' or ')} was due`)
}

import type { ChangedFactors } from '@vestibule/shared/contract/own-factors.ts'
import type { CreationOptions, RequestOptions } from '@vestibule/shared/contract/webauthn.ts'
import { type Lies, SoftAuthenticator } from '../../../scripts/authenticator/soft-authenticator.ts'
import { jsonOf } from './answers.ts'
import type { Browser } from './browser.ts'
import { ISSUER } from './world.ts'

/** A key in somebody's hand: it counts, and recognises nobody. */
export const newKey = (): SoftAuthenticator => new SoftAuthenticator(ISSUER, { counts: true, verifies: false })

/** What a page at this step asks the browser. */
export async function keyOptions<Options = RequestOptions>(
  browser: Browser,
  request: string,
  path = 'security-key-options',
): Promise<Options> {
  return (await jsonOf<{ options: Options }>(await browser.post(`/api/login/${request}/${path}`, {}))).options
}

/** A key is set up on the way in. */
export async function enrollKey(browser: Browser, request: string, key: SoftAuthenticator, lies?: Lies) {
  const options = await keyOptions<CreationOptions>(browser, request, 'enroll-security-key-options')
  const credential = key.create(options, lies)
  const response = await browser.post(`/api/login/${request}/enroll-security-key`, { credential })
  return { options, credential, response }
}

/** Somebody at the second step shows the newest key of theirs. */
export async function touchKey(
  browser: Browser,
  request: string,
  key: SoftAuthenticator,
  lies?: Lies,
  more: object = {},
) {
  const credential = key.get(await keyOptions(browser, request), lies)
  const body = { credential, ...more }
  return { credential, response: await browser.post(`/api/login/${request}/security-key`, body) }
}

/** Somebody at their account pages adds a key. */
export async function addOwnKey(browser: Browser, key: SoftAuthenticator, lies?: Lies) {
  const begun = await browser.post('/api/me/security-keys/options', {})
  const { options } = await jsonOf<{ options: CreationOptions }>(begun)
  const credential = key.create(options, lies)
  const response = await browser.post('/api/me/security-keys', { credential })
  const { factors } = await jsonOf<Partial<ChangedFactors>>(response.clone())
  return { options, credential, response, id: factors?.factors.at(-1)?.id ?? '' }
}

import { SoftAuthenticator } from '../../../../scripts/authenticator/soft-authenticator.ts'
import { addPasskey } from '../passkeys.ts'
import { authorizePath } from '../relying-party.ts'
import { BOB, type Scene } from '../scene.ts'
import { ISSUER, PASSWORD } from '../world.ts'

export type Story = {
  /** What a stranger with an empty request is told. */
  stranger: number
  /** Whoever should get it, gets it. */
  happy: (scene: Scene) => Response | Promise<Response>
}

/** What a page is answered. */
export const get =
  (path: string) =>
  ({ browser }: Scene) =>
    browser.get(path)

/** Bob at home, and what he is answered there. */
export const atHome =
  (path: string, body?: object) =>
  async ({ browser }: Scene) => {
    await browser.signIn(await browser.open('/account'), BOB, PASSWORD)
    return body ? browser.post(path, body) : browser.get(path)
  }

/** A login at the step first_factor, and what `action` answers there. */
export const loginAction =
  (action: string, body: object, open = authorizePath('ledger')) =>
  async ({ browser }: Scene) => {
    const request = await browser.open(open)
    await browser.post(`/api/login/${request}/identifier`, { identifier: BOB })
    return browser.post(`/api/login/${request}/${action}`, body)
  }

/** At home with one passkey. */
export async function withPasskey(scene: Scene, authenticator = new SoftAuthenticator(ISSUER)) {
  await atHome('/account')(scene)
  return addPasskey(scene.browser, authenticator)
}

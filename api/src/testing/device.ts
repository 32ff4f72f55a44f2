import { DEVICE_GRANT } from '../domain/application.ts'
import type { Browser } from './browser.ts'
import { postForm } from './relying-party.ts'
import type { World } from './world.ts'

/** A television without a browser, of acme.test. */
export const addTelevision = (world: Pick<World, 'addApplication'>, settings = {}) =>
  world.addApplication('television', {
    type: 'native',
    grantTypes: [DEVICE_GRANT, 'refresh_token'],
    redirectUris: [],
    settings,
  })

/** It asks to be let in. */
export async function askAsDevice(world: World, parameters: Record<string, string> = {}): Promise<Response> {
  if (!(await world.deps.repositories.applications.findActiveByClientId('television'))) await addTelevision(world)
  return postForm(world, '/oauth/v2/device_authorization', { client_id: 'television', scope: 'openid', ...parameters })
}

/** It asks whether it was let in. */
export const poll = (world: World, deviceCode: string, clientId = 'television') =>
  postForm(world, '/oauth/v2/token', { client_id: clientId, grant_type: DEVICE_GRANT, device_code: deviceCode })

/** Somebody types the code that it shows. Out: the request of the login that begins. */
export async function openDevice(world: World, browser: Browser, parameters?: Record<string, string>): Promise<string> {
  const { user_code: code } = (await (await askAsDevice(world, parameters)).json()) as { user_code: string }
  const { redirect } = (await (await browser.post('/api/device', { code })).json()) as { redirect: string }
  return redirect.slice('/login/'.length)
}

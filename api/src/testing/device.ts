import { DEVICE_GRANT } from '../domain/application.ts'
import { jsonOf } from './answers.ts'
import type { Browser } from './browser.ts'
import { postForm } from './relying-party.ts'
import { BOB } from './scene.ts'
import { PASSWORD, type World } from './world.ts'

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

export type Waiting = { device_code: string; user_code: string; verification_uri_complete: string; interval: number }

/** The same, answered. */
export const ask = async ({ world }: { world: World }, parameters?: Record<string, string>): Promise<Waiting> =>
  jsonOf<Waiting>(await askAsDevice(world, parameters))

type Somebody = { browser: Browser }

/** Somebody types the code that it shows. */
export const enter = ({ browser }: Somebody, code: string): Promise<Response> => browser.post('/api/device', { code })

/** The request of the login that begins by that. */
export const requestOf = async (response: Response): Promise<string> =>
  (await jsonOf<{ redirect: string }>(response)).redirect.slice('/login/'.length)

/** Bob types the code, signs in, and decides. */
export async function decide(bob: Somebody, code: string, allow: boolean): Promise<Response> {
  const request = await requestOf(await enter(bob, code))
  const { step } = await bob.browser.step(request)
  if (step.kind === 'identify') await bob.browser.signIn(request, BOB, PASSWORD)
  return bob.browser.post(`/api/login/${request}/consent`, { allow })
}

/** A device asks, and somebody types the code that it shows. Out: the request of the login that begins. */
export async function openDevice(world: World, browser: Browser, parameters?: Record<string, string>): Promise<string> {
  const { user_code: code } = await ask({ world }, parameters)
  return requestOf(await enter({ browser }, code))
}

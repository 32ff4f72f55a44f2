import { createBrowser } from './browser.ts'
import { createScene } from './scene.ts'
import { ISSUER, type World, type WorldOptions } from './world.ts'

export const GLOBEX = 'http://globex.localhost:3000'
export const GRETA = 'greta@globex.test'

/** The same instance, as it is met at another address: every request names that host. */
function atAddress(world: World, origin: string): World {
  const { host } = new URL(origin)
  const request: World['app']['request'] = (input, init, ...more) => {
    const headers = new Headers(init?.headers)
    headers.set('host', host)
    return world.app.request(input, { ...init, headers }, ...more)
  }
  const app = Object.assign(Object.create(world.app) as World['app'], { request })
  return { ...world, app, browser: (address) => createBrowser(world.app, origin, address) }
}

/**
 * Bob and `ledger` of acme, the default organization, at the public address; greta and `depot` of globex, which has a login domain. Nobody is
 * asked for consent.
 */
export async function createTwoAddresses(options: WorldOptions = {}) {
  const scene = await createScene({ ...options, application: { settings: { consent: 'never' } } })
  const { world, deps } = scene
  const globex = await world.addOrganization('globex.test')
  const giveDomain = (loginDomain: string | null) =>
    deps.db.transaction((tx) => deps.repositories.organizations.change(tx, globex, { loginDomain }))
  await giveDomain('globex.localhost')
  const greta = await world.addUser('greta', { organization: globex, email: GRETA })
  const depot = await world.addApplication('depot', { organization: globex, settings: { consent: 'never' } })
  return { ...scene, globex, giveDomain, greta, depot, there: atAddress(world, GLOBEX) }
}

/** Both ways across: the same people and the same application meet two addresses. */
export async function createCrossing(options: WorldOptions = {}) {
  const scene = await createTwoAddresses(options)
  const { world, there } = scene
  const ways = [
    { from: world, to: there, issuer: ISSUER, other: GLOBEX },
    { from: there, to: world, issuer: GLOBEX, other: ISSUER },
  ]
  return { ...scene, ways }
}

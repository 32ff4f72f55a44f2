import type { ManagedUser } from '@vestibule/shared/contract/managed-users.ts'
import { jsonOf } from './answers.ts'
import { addManager } from './managers.ts'
import { authorizePath } from './relying-party.ts'
import { createScene } from './scene.ts'

export type Users = { users: ManagedUser[]; next: string | null }

export async function managed(env = {}) {
  const scene = await createScene({
    env,
    application: { settings: { consent: 'never', backchannelLogoutUri: 'https://rp.test/out' } },
  })
  const robot = await addManager(scene.world, ['organization_user_manager'])
  const users = `/api/v1/organizations/${scene.acme}/users`
  const bob = `${users}/${scene.userId}`
  const list = async (query = '') => jsonOf<Users>(await robot.get(`${users}?${query}`))
  const eventsOf = async (type: string) => (await scene.events()).filter((event) => event.type === type)
  const signIn = async (name: string, password: string) => {
    const browser = scene.world.browser('198.51.100.9')
    return (await browser.signIn(await browser.open(authorizePath('ledger')), name, password)).step
  }
  return { ...scene, robot, users, bob, list, eventsOf, signIn }
}

import type { OwnContacts } from '@vestibule/shared/contract/contacts.ts'
import { jsonOf } from './answers.ts'
import { mailsOf } from './registration.ts'
import { createScene, type Scene } from './scene.ts'
import { PASSWORD, type UserOptions, type World } from './world.ts'

/** The code of the last message that carried one. @throws where no message does */
export async function lastCode(world: Pick<World, 'deps'>): Promise<string> {
  const { code } = (await mailsOf(world)).findLast(({ values }) => typeof values.code === 'string')?.values ?? {}
  if (typeof code !== 'string') throw new Error('no message carries a code')
  return code
}

export const NEW = 'bob@elsewhere.test'

/** Bob at home, freshly proven. */
export async function createAtHome(user: UserOptions = {}) {
  const scene = await createScene({ user })
  const { browser, deps, userId } = scene
  await browser.signIn(await browser.open('/account'), 'bob', PASSWORD)
  const contacts = async () => jsonOf<OwnContacts>(await browser.get('/api/me/contacts'))
  const identifiers = async () =>
    (await deps.repositories.users.listIdentifiers(userId)).map(({ kind, value, verifiedAt }) => [
      kind,
      value,
      verifiedAt !== null,
    ])
  const kinds = async () => (await mailsOf(scene)).map(({ kind, recipient }) => [kind, recipient])
  return { ...scene, contacts, identifiers, kinds, ...actions(scene) }
}

export const actions = ({ browser, deps }: Scene) => ({
  change: (value: string) => browser.post('/api/me/email', { value }),
  enter: async (code?: string) => browser.post('/api/me/email/code', { code: code ?? (await lastCode({ deps })) }),
  resend: () => browser.post('/api/me/email/resend', {}),
  changePhone: (value: string) => browser.post('/api/me/phone', { value }),
  enterPhone: async (code?: string) => browser.post('/api/me/phone/code', { code: code ?? (await lastCode({ deps })) }),
})

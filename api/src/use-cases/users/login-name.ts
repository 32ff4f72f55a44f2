import type { Deps, Executor } from '../../deps.ts'
import type { UserId } from '../../domain/ids.ts'

/** What a person signs in with, where nothing was typed to go by: the address before any other name. Empty for who has none. */
export async function loginNameOf({ repositories }: Deps, id: UserId, tx?: Executor): Promise<string> {
  const names = await repositories.users.listIdentifiers(id, tx)
  return (names.find(({ kind }) => kind === 'email') ?? names[0])?.value ?? ''
}

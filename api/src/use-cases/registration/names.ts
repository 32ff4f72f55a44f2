import type { Deps, Executor } from '../../deps.ts'
import type { RegistrationForm } from '../../domain/ceremony.ts'
import { NameTaken } from './create-account.ts'
import type { PendingRegistration } from './load-registration.ts'

/** The organization that the form was filled in for is still the one that this request leads to. */
export const isStillHere = ({ place }: PendingRegistration, form: RegistrationForm): boolean =>
  place.organization.id === form.organizationId

/** Which of its names went to somebody else since the form was sent. */
export async function takenNames(
  { repositories }: Deps,
  tx: Executor,
  { email, username, organizationId }: RegistrationForm,
): Promise<RegistrationForm['lostNames']> {
  const names = [
    { kind: 'email', value: email },
    ...(username === null ? [] : [{ kind: 'username', value: username } as const]),
  ] as const
  const taken: ('email' | 'username')[] = []
  for (const name of names) if (await repositories.users.findOwner(name, organizationId, tx)) taken.push(name.kind)
  return taken
}

/** Somebody may commit the same name meanwhile: the second time it is seen. */
export const onceMoreIfTaken = <Outcome>(attempt: () => Promise<Outcome>): Promise<Outcome> =>
  attempt().catch((error: unknown) => {
    if (error instanceof NameTaken) return attempt()
    throw error
  })

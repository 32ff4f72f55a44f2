import type { Language } from '@vestibule/shared/languages.ts'
import type { Deps, Executor } from '../deps.ts'
import type { OrganizationId } from '../domain/ids.ts'
import { negotiateLanguage } from '../domain/language.ts'
import type { Profile } from '../domain/user.ts'
import { faceOf } from './face.ts'

/**
 * The language of what is sent to somebody, when no page of theirs is open: their own choice, that of their organization, that of the
 * instance. `page` is the language of the page they acted on, for somebody who has not chosen one yet.
 */
export async function languageOf(
  deps: Deps,
  user: { profile: Pick<Profile, 'locale'> } | null,
  organizationId: OrganizationId | null,
  { page = null, tx }: { page?: Language | null; tx?: Executor } = {},
): Promise<Language> {
  const { languages } = await faceOf(deps, organizationId, tx)
  return negotiateLanguage({ own: user?.profile.locale ?? null, chosen: null, accepted: page ? [page] : [] }, languages)
}

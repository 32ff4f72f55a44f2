import type { Deps } from '../deps.ts'

export const AVATARS_PATH = '/avatars/'

/** The path of a picture of ours, for our own pages; null for none, and for one that an import brought from elsewhere. */
export function ownPicturePath({ settings }: Pick<Deps, 'settings'>, picture: string | null): string | null {
  const isOurs = picture?.startsWith(settings.issuer + AVATARS_PATH)
  return isOurs ? picture!.slice(settings.issuer.length) : null
}

import type { Deps } from '../deps.ts'

export const AVATARS_PATH = '/avatars/'

/**
 * The path of a picture of ours, for our own pages; null for none, and for one that an import brought from elsewhere. It is stored with
 * the public origin, wherever it was sent.
 */
export function ownPicturePath({ settings }: Pick<Deps, 'settings'>, picture: string | null): string | null {
  const isOurs = picture?.startsWith(settings.publicOrigin + AVATARS_PATH)
  return isOurs ? picture!.slice(settings.publicOrigin.length) : null
}

/** The same picture at the address that is spoken at; one from elsewhere stays where it is. */
export function pictureHere(deps: Pick<Deps, 'settings'>, picture: string): string {
  const path = ownPicturePath(deps, picture)
  return path === null ? picture : deps.settings.issuer + path
}

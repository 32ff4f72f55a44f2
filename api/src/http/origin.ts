import { PICTURE_TYPES } from '@vestibule/shared/picture.ts'
import { Problem } from '../domain/problem.ts'
import type { Settings } from '../settings.ts'
import type { Http } from './env.ts'

/**
 * Only our own pages may change something with the browser's cookie: their Origin is ours, and a form of another site can not send JSON.
 * @throws Problem csrf_failed, unsupported_media_type
 */
export function mustBeOurOrigin(c: Http, { issuer }: Settings): void {
  if (c.req.header('origin') !== issuer) throw new Problem('csrf_failed')
  if (mediaType(c) !== 'application/json') throw new Problem('unsupported_media_type')
}

/**
 * What a program with a token sends: no cookie counts beside it, so nobody can make a browser send it. A body, where there is one, is JSON.
 * @throws Problem unsupported_media_type
 */
export function mustBeJson(c: Http): void {
  if (!['', 'application/json'].includes(mediaType(c))) throw new Problem('unsupported_media_type')
}

/**
 * The same for an upload: a form of another site can not name one of these types, and a script of theirs has to ask first, which is refused.
 * @throws Problem csrf_failed, unsupported_media_type
 */
export function mustBeOurImage(c: Http, { issuer }: Settings): void {
  if (c.req.header('origin') !== issuer) throw new Problem('csrf_failed')
  if (!PICTURE_TYPES.includes(mediaType(c))) throw new Problem('unsupported_media_type')
}

export const mediaType = (c: Http): string =>
  (c.req.header('content-type') ?? '').split(';', 1)[0]!.trim().toLowerCase()

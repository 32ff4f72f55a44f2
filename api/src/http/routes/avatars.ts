import { avatarRoutes } from '@vestibule/shared/contract/avatar.ts'
import type { Deps } from '../../deps.ts'
import { readAvatar, removeAvatar, setAvatar } from '../../use-cases/me/avatar.ts'
import { accountHandle } from '../actor.ts'
import { answer } from '../answer.ts'
import { implement } from '../implement.ts'
import type { Mount } from '../mount.ts'

/** Whatever it holds, opened by itself it is a picture in an empty room. */
const ALONE = "default-src 'none'; frame-ancestors 'none'; sandbox"

/** Pictures of people. */
export function mountAvatars(mount: Mount, deps: Deps): void {
  implement(
    mount,
    avatarRoutes.setAvatar,
  )(async (_input, c) => {
    const read = async () => new Uint8Array(await c.req.arrayBuffer())
    return { picture: await setAvatar(deps, accountHandle(c, deps.settings), read) }
  })
  implement(
    mount,
    avatarRoutes.removeAvatar,
  )(async (_input, c) => {
    await removeAvatar(deps, accountHandle(c, deps.settings))
    return { picture: null }
  })
  mount('GET /avatars/:file', async (c) => {
    const content = await readAvatar(deps, c.req.param('file') ?? '')
    return answer(c, new Uint8Array(content), 200, {
      'content-type': 'image/webp',
      'content-security-policy': ALONE,
      'cross-origin-resource-policy': 'cross-origin',
    })
  })
}

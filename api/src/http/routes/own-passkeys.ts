import { ownPasskeyRoutes } from '@vestibule/shared/contract/own-passkeys.ts'
import { passkeyLinkRoutes } from '@vestibule/shared/contract/passkey-link.ts'
import type { Deps } from '../../deps.ts'
import { currentAccount } from '../../use-cases/me/current-account.ts'
import { addPasskey, beginPasskey } from '../../use-cases/passkeys/add-passkey.ts'
import { addPasskeyByLink, beginPasskeyByLink, lookAtPasskeyLink } from '../../use-cases/passkeys/enroll-by-link.ts'
import { passkeysOf, removePasskey, renamePasskey } from '../../use-cases/passkeys/own-passkeys.ts'
import { cancelPasskeyLink, createPasskeyLink, passkeyLinkState } from '../../use-cases/passkeys/passkey-link.ts'
import { accountHandle } from '../actor.ts'
import type { Http } from '../env.ts'
import { implement } from '../implement.ts'
import type { Mount } from '../mount.ts'

/** The passkeys on the account pages. */
export function mountOwnPasskeys(mount: Mount, deps: Deps): void {
  const handle = (c: Http) => accountHandle(c, deps.settings)
  implement(
    mount,
    ownPasskeyRoutes.getPasskeys,
  )(async (_input, c) => passkeysOf(deps, await currentAccount(deps, handle(c))))
  implement(
    mount,
    ownPasskeyRoutes.beginOwnPasskey,
  )(async (_input, c) => ({ options: await beginPasskey(deps, handle(c)) }))
  implement(mount, ownPasskeyRoutes.addOwnPasskey)(({ body }, c) => addPasskey(deps, handle(c), body.credential))
  implement(mount, ownPasskeyRoutes.renameOwnPasskey)(({ body }, c) => renamePasskey(deps, handle(c), body))
  implement(mount, ownPasskeyRoutes.removeOwnPasskey)(({ body }, c) => removePasskey(deps, handle(c), body.id))
}

/** A passkey on another device, by a link. */
export function mountPasskeyLinks(mount: Mount, deps: Deps): void {
  const handle = (c: Http) => accountHandle(c, deps.settings)
  const visitor = (c: Http) => ({ address: c.env.visit.address })
  implement(mount, passkeyLinkRoutes.createPasskeyLink)((_input, c) => createPasskeyLink(deps, handle(c)))
  implement(mount, passkeyLinkRoutes.getPasskeyLink)((_input, c) => passkeyLinkState(deps, handle(c)))
  implement(mount, passkeyLinkRoutes.cancelPasskeyLink)((_input, c) => cancelPasskeyLink(deps, handle(c)))
  implement(
    mount,
    passkeyLinkRoutes.lookAtPasskeyLink,
  )(({ body }, c) => lookAtPasskeyLink(deps, { ...body, ...visitor(c) }))
  implement(
    mount,
    passkeyLinkRoutes.beginPasskeyByLink,
  )(async ({ body }, c) => ({ options: await beginPasskeyByLink(deps, { ...body, ...visitor(c) }) }))
  implement(
    mount,
    passkeyLinkRoutes.addPasskeyByLink,
  )(({ body }, c) => addPasskeyByLink(deps, { ...body, ...visitor(c) }))
}

import { ownFactorRoutes } from '@vestibule/shared/contract/own-factors.ts'
import type { Deps } from '../../deps.ts'
import { factorsOf } from '../../use-cases/factors/factors-of.ts'
import * as factors from '../../use-cases/factors/own-factors.ts'
import { currentAccount } from '../../use-cases/me/current-account.ts'
import { addOwnKey, beginOwnKey } from '../../use-cases/security-keys/own-security-keys.ts'
import { accountHandle } from '../actor.ts'
import type { Http } from '../env.ts'
import { implement } from '../implement.ts'
import { browserWishes } from '../localize.ts'
import type { Mount } from '../mount.ts'

/** The second factors and the recovery codes on the account pages. */
export function mountOwnFactors(mount: Mount, deps: Deps): void {
  const handle = (c: Http) => accountHandle(c, deps.settings)
  const address = (c: Http) => c.env.visit.address

  implement(
    mount,
    ownFactorRoutes.getFactors,
  )(async (_input, c) => factorsOf(deps, await currentAccount(deps, handle(c))))
  implement(mount, ownFactorRoutes.beginOwnTotp)((_input, c) => factors.beginOwnTotp(deps, handle(c)))
  implement(mount, ownFactorRoutes.confirmOwnTotp)(({ body }, c) => factors.confirmOwnTotp(deps, handle(c), body.code))
  implement(
    mount,
    ownFactorRoutes.sendOwnCode,
  )(({ body }, c) => {
    const userAgent = c.req.header('user-agent') ?? ''
    const asking = { userAgent, address: address(c), wishes: browserWishes(c, deps) }
    return factors.sendOwnCode(deps, handle(c), body.method, asking)
  })
  implement(mount, ownFactorRoutes.confirmOwnCode)(({ body }, c) => factors.confirmOwnCode(deps, handle(c), body))
  implement(mount, ownFactorRoutes.beginOwnKey)(async (_input, c) => ({ options: await beginOwnKey(deps, handle(c)) }))
  implement(mount, ownFactorRoutes.addOwnKey)(({ body }, c) => addOwnKey(deps, handle(c), body.credential))
  implement(mount, ownFactorRoutes.renameFactor)(({ body }, c) => factors.renameFactor(deps, handle(c), body))
  implement(mount, ownFactorRoutes.removeFactor)(({ body }, c) => factors.removeFactor(deps, handle(c), body.id))
  implement(mount, ownFactorRoutes.renewRecoveryCodes)((_input, c) => factors.renewRecoveryCodes(deps, handle(c)))
  implement(
    mount,
    ownFactorRoutes.tryRecoveryCode,
  )(({ body }, c) => factors.tryRecoveryCode(deps, handle(c), { ...body, address: address(c) }))
}

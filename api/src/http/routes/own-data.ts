import { activityRoutes } from '@vestibule/shared/contract/activity.ts'
import { deletionRoutes } from '@vestibule/shared/contract/deletion.ts'
import { notMeRoutes } from '@vestibule/shared/contract/not-me.ts'
import { ownDataRoutes } from '@vestibule/shared/contract/own-data.ts'
import type { Deps } from '../../deps.ts'
import { planDeletion } from '../../use-cases/deletion/plan-deletion.ts'
import { undoDeletion, undoDeletionByLink } from '../../use-cases/deletion/undo-deletion.ts'
import { listActivity } from '../../use-cases/me/activity.ts'
import { currentAccount } from '../../use-cases/me/current-account.ts'
import { reportIntrusion, reportIntrusionByLink } from '../../use-cases/not-me/report-intrusion.ts'
import { exportOwnData } from '../../use-cases/own-data/export-own-data.ts'
import { accountHandle } from '../actor.ts'
import type { Http } from '../env.ts'
import { implement } from '../implement.ts'
import type { Mount } from '../mount.ts'

/** What an account knows of its owner, and what they can do about it. */
export function mountOwnData(mount: Mount, deps: Deps): void {
  const handle = (c: Http) => accountHandle(c, deps.settings)
  implement(
    mount,
    activityRoutes.listActivity,
  )(async ({ query }, c) => listActivity(deps, await currentAccount(deps, handle(c)), query.before))
  implement(
    mount,
    notMeRoutes.reportIntrusion,
  )((_input, c) => reportIntrusion(deps, handle(c), { userAgent: userAgentOf(c) }))
  implement(
    mount,
    notMeRoutes.reportIntrusionByLink,
  )(async ({ body }, c) => reportIntrusionByLink(deps, { ...body, ...visitorOf(c) }))
  implement(mount, ownDataRoutes.exportOwnData)(async (_input, c) => exportOwnData(deps, handle(c)))
  implement(
    mount,
    deletionRoutes.planDeletion,
  )(async ({ body }, c) => ({
    deletionAt: new Date(await planDeletion(deps, handle(c), body.loginName)).toISOString(),
  }))
  implement(
    mount,
    deletionRoutes.undoDeletion,
  )(async (_input, c) => {
    await undoDeletion(deps, handle(c))
    return { deletionAt: null }
  })
  implement(
    mount,
    deletionRoutes.undoDeletionByLink,
  )(async ({ body }, c) => undoDeletionByLink(deps, { ...body, address: c.env.visit.address }))
}

const userAgentOf = (c: Http) => c.req.header('user-agent') ?? ''
const visitorOf = (c: Http) => ({ address: c.env.visit.address, userAgent: userAgentOf(c) })

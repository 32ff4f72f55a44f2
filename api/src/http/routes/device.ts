import { deviceRoutes } from '@vestibule/shared/contract/device.ts'
import type { Deps } from '../../deps.ts'
import { readUserCode, shownUserCode } from '../../domain/user-code.ts'
import { enterUserCode } from '../../use-cases/device/enter-user-code.ts'
import { readBrowser, writeBeginning } from '../cookies.ts'
import { implement } from '../implement.ts'
import type { Mount } from '../mount.ts'
import type { Pages } from './pages.ts'

/** The pages on which somebody lets a device in (RFC 8628 3.3). Opening one does nothing, whatever stands in its address. */
export function mountDevice(mount: Mount, deps: Deps, pages: Pages): void {
  mount('GET /device', (c) => {
    const code = readUserCode(c.req.query('user_code') ?? '')
    return pages.device(c, { userCode: code && shownUserCode(code), outcome: null })
  })
  mount('GET /device/approved', (c) => pages.device(c, { userCode: null, outcome: 'approved' }))
  mount('GET /device/refused', (c) => pages.device(c, { userCode: null, outcome: 'refused' }))

  implement(
    mount,
    deviceRoutes.enterUserCode,
  )(async ({ body }, c) => {
    const visitor = { ...readBrowser(c, deps.settings), address: c.env.visit.address }
    const beginning = await enterUserCode(deps, visitor, body.code)
    writeBeginning(c, deps, beginning)
    return { redirect: `/login/${beginning.request}` }
  })
}

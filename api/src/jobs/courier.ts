import type { Deps } from '../deps.ts'
import { claimMessages, deliverMessage } from '../use-cases/messages/deliver-message.ts'
import { claimNotices, deliverNotice } from '../use-cases/sign-out/deliver-notice.ts'
import { startLane } from './lane.ts'

const AT_ONCE = 8

/** Delivers messages, and tells applications of sign-outs. The returned function gives back what can not be finished. */
export function startCourier(deps: Deps): () => Promise<void> {
  const messages = (['email', 'sms'] as const).map((channel) =>
    startLane(deps, {
      name: channel,
      atOnce: AT_ONCE,
      claim: (wanted) => claimMessages(deps, { ...wanted, channel }),
      deliver: (message, stopping) => deliverMessage(deps, message, stopping),
    }),
  )
  const notices = startLane(deps, {
    name: 'logout',
    atOnce: AT_ONCE,
    claim: (wanted) => claimNotices(deps, wanted),
    deliver: (notice, stopping) => deliverNotice(deps, notice, stopping),
  })
  const stops = [...messages, notices]
  return async () => {
    await Promise.all(stops.map((stop) => stop()))
  }
}

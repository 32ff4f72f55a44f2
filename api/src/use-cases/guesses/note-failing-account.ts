import type { Deps, Executor } from '../../deps.ts'
import { countUse } from '../limits.ts'
import { notifyUser } from '../messages/notify-user.ts'
import { recordEvent } from '../record-event.ts'

/** Seconds. */
const WINDOW = 900
const FAILING_ACCOUNTS = { purpose: 'anomaly/failing accounts', window: WINDOW }
/** So many of them are told. */
const MOST_TOLD = 20

/**
 * One more name for which somebody failed. Very many of them within a quarter of an hour are no mistyping but lists of stolen passwords:
 * those who run the instance are told, once in that time.
 */
export async function noteFailingAccount(deps: Deps, tx: Executor): Promise<void> {
  const { repositories, settings } = deps
  if (settings.anomalyAccounts === 0) return
  const { used } = await countUse(deps, tx, FAILING_ACCOUNTS, 'instance')
  if (used !== settings.anomalyAccounts) return
  await recordEvent(deps, tx, {
    type: 'anomaly.noticed',
    organizationId: 'instance',
    data: { failingAccounts: used, seconds: WINDOW },
  })
  const values = { count: used, minutes: WINDOW / 60 }
  const owners = await repositories.managerRoles.listHolders(tx, 'instance', 'instance_owner', MOST_TOLD)
  for (const owner of owners) await notifyUser(deps, tx, owner, { channel: 'email', kind: 'anomaly', values })
}
